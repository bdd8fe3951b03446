using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// Shows the maps in a window of the system and handles its keys, whatever toolkit makes the window. <see cref="Run"/> keeps the
/// window's thread; the other members may be used on any thread.
/// </summary>
public sealed class WindowScreen : IMapSink
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<IWindow> open;
    private readonly RunContext context;
    private readonly FrameRendezvous handover;
    private readonly WindowImage image;
    private IWindow? window;
    private Preset? titled;
    private bool isFullScreen;
    private volatile bool isOver;

    /// <summary>Makes a screen; the window is opened by <see cref="Run"/>.</summary>
    /// <param name="open">Makes the window; called on the thread that calls <see cref="Run"/>.</param>
    /// <param name="context">What the screen needs to know of the run.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public WindowScreen(Func<IWindow> open, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(context);
        this.open = open;
        this.context = context;
        handover = new FrameRendezvous(() => window?.Wake());
        image = new WindowImage(context);
    }

    /// <summary>
    /// Ends when <see cref="Run"/> has made the window; fails with a <see cref="LiveConvException"/> when there can be none here.
    /// </summary>
    public Task Opened => opened.Task;

    /// <summary>
    /// Opens the window and serves it until the user closes it, until no more maps come, or until the screen is disposed. The
    /// window lives on the calling thread, and is gone when this returns. A closed window asks for the end of the run.
    /// </summary>
    /// <exception cref="LiveConvException">The window failed while it was on show. Whoever gives maps is told the same.</exception>
    public void Run()
    {
        try
        {
            if (!TryOpen())
            {
                return;
            }

            while (!isOver)
            {
                PumpOnce(window!);
            }
        }
        catch (Exception e)
        {
            handover.Close(e);
            throw;
        }
        finally
        {
            handover.Close(null);
            window?.Dispose();
            image.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return handover.GiveAsync(maps);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync()
    {
        isOver = true;
        handover.Close(null);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets <see cref="Run"/> come to its end. Does not wait for it.</summary>
    /// <returns>At once.</returns>
    public ValueTask DisposeAsync() => CompleteAsync();

    private bool TryOpen()
    {
        try
        {
            window = open();
            opened.SetResult();
            return true;
        }
#pragma warning disable CA1031 // Told to whoever waits for the opening, who would wait for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            handover.Close(e);
            opened.SetException(e);
            return false;
        }
    }

    // Keys first: what they change shows in the image that is drawn next.
    private void PumpOnce(IWindow on)
    {
        WindowInput input = on.Wait(LongestWait);
        if (input.IsClosed)
        {
            Quit();
        }
        else if (input.Key != '\0')
        {
            HandleKey(on, input.Key);
        }

        if (!isOver && handover.Take() is { } maps)
        {
            ShowMaps(on, maps);
        }
        else if (!isOver && !image.IsEmpty && (input.NeedsImage || image.IsOld))
        {
            on.Show(image.Draw());
        }
    }

    private void ShowMaps(IWindow on, EdgeMaps maps)
    {
        long? taken;
        using (maps)
        {
            taken = maps.Frame.IsRepeat ? null : maps.Frame.CaptureTimestamp;
            image.Take(maps);
        }

        if (titled != image.Preset)
        {
            titled = image.Preset;
            on.Title = $"LiveConv - {titled.Name}";
        }

        on.Show(image.Draw());
        context.Stats.CountShown(taken);
        handover.Done();
    }

    private void HandleKey(IWindow on, char key)
    {
        switch (key)
        {
            case 'f' or 'F':
                on.IsFullScreen = isFullScreen = !isFullScreen;
                break;
            case WindowInput.Escape when isFullScreen:
                on.IsFullScreen = isFullScreen = false;
                break;
            case WindowInput.Escape:
                Quit();
                break;
            default:
                HandleKey(LiveCommand.FromKey(key));
                break;
        }
    }

    private void HandleKey(LiveCommand? command)
    {
        switch (command?.Action)
        {
            case null:
                break;
            case LiveAction.ToggleStatistics:
                image.ToggleStatistics();
                break;
            case LiveAction.ToggleHelp:
                image.ToggleHelp();
                break;
            default:
                context.Controls.Execute(command.Value);
                image.RenewText();
                break;
        }
    }

    private void Quit()
    {
        isOver = true;
        context.Controls.Execute(new LiveCommand(LiveAction.Quit));
    }
}

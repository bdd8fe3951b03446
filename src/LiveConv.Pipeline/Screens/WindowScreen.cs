using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// Shows the maps in a native window of any toolkit and handles its keys. <see cref="Run"/> occupies the
/// window's thread; the other members may be used on any thread.
/// </summary>
public sealed class WindowScreen : IMapSink
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<IWindow> open;
    private readonly RunContext context;
    private readonly FrameRendezvous rendezvous;
    private readonly WindowImage image;
    private IWindow? window;
    private Preset? titled;
    private bool isFullScreen;
    private volatile bool isOver;

    /// <summary>Initializes a screen; the window is opened by <see cref="Run"/>.</summary>
    /// <param name="open">Creates the window; called on the thread that calls <see cref="Run"/>.</param>
    /// <param name="context">The state of the run.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public WindowScreen(Func<IWindow> open, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(context);
        this.open = open;
        this.context = context;
        rendezvous = new FrameRendezvous(() => window?.Wake());
        image = new WindowImage(context);
    }

    /// <summary>
    /// Completes when <see cref="Run"/> has created the window; fails with a <see cref="LiveConvException"/> if that is impossible.
    /// </summary>
    public Task Opened => opened.Task;

    /// <summary>
    /// Opens the window and serves it until the user closes it, until no more maps come, or until the screen is disposed. The
    /// window lives on the calling thread, and is closed when this returns. Closing the window requests the end of the run.
    /// </summary>
    /// <exception cref="LiveConvException">The window failed while it was open. <see cref="AcceptAsync"/> then fails with the same
    /// exception.</exception>
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
            rendezvous.Close(e);
            throw;
        }
        finally
        {
            rendezvous.Close(null);
            window?.Dispose();
            image.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return rendezvous.OfferAsync(maps);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync()
    {
        isOver = true;
        rendezvous.Close(null);
        image.Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends <see cref="Run"/>, without waiting for it.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync() => CompleteAsync();

    private bool TryOpen()
    {
        try
        {
            window = open();
            opened.SetResult();
            return true;
        }
#pragma warning disable CA1031 // Passed to Opened, whose awaiter would otherwise wait forever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            rendezvous.Close(e);
            opened.SetException(e);
            return false;
        }
    }

    // Keys first: their effect is visible in the image that is drawn next.
    private void PumpOnce(IWindow on)
    {
        WindowInput input = on.Wait(MaxWait);
        if (input.IsClosed)
        {
            Quit();
        }
        else if (input.Key != '\0')
        {
            HandleKey(on, HotKeys.Of(input.Key));
        }

        if (!isOver && rendezvous.TakeMaps() is { } maps)
        {
            ShowMaps(on, maps);
        }
        else if (!isOver && (input.NeedsImage || image.IsStale))
        {
            image.TryShow(on);
        }
    }

    private void ShowMaps(IWindow on, EdgeMaps maps)
    {
        long? capturedAt = maps.Frame.IsRepeat ? null : maps.Frame.CaptureTimestamp;
        image.Update(maps);
        if (titled != image.Preset)
        {
            titled = image.Preset;
            on.Title = $"LiveConv - {TextLine.Of(titled.Name)}";
        }

        if (image.TryShow(on))
        {
            context.Stats.CountShown(capturedAt);
        }

        rendezvous.OnShown();
    }

    private void HandleKey(IWindow on, char key)
    {
        switch (key)
        {
            case 'f':
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
                image.InvalidateText();
                break;
        }
    }

    private void Quit()
    {
        isOver = true;
        context.Controls.Execute(new LiveCommand(LiveAction.Quit));
    }
}

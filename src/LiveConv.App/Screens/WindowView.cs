using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>A window on the process's first thread, from its opening to its end.</summary>
internal sealed class WindowView : IMapSink
{
    private readonly WindowScreen screen;
    private readonly Task shown;

    private WindowView(WindowScreen screen, Task shown)
    {
        this.screen = screen;
        this.shown = shown;
    }

    /// <summary>Opens a window.</summary>
    /// <param name="open">Makes it; called on the first thread.</param>
    /// <param name="context">What the window shows and changes.</param>
    /// <param name="thread">The first thread.</param>
    /// <param name="failed">Called when the window fails later on.</param>
    /// <returns>The window, connected to the display; it appears with the first maps.</returns>
    /// <exception cref="LiveConvException">There can be no such window here.</exception>
    public static async Task<WindowView> OpenAsync(Func<IWindow> open, RunContext context, MainThread thread, Action failed)
    {
        var screen = new WindowScreen(open, context);
        Task shown = thread.RunAsync(() =>
        {
            try
            {
                screen.Run();
            }
            catch
            {
                failed();
                throw;
            }
        });
        await screen.Opened.ConfigureAwait(false);
        return new WindowView(screen, shown);
    }

    public ValueTask AcceptAsync(EdgeMaps maps) => screen.AcceptAsync(maps);

    public ValueTask CompleteAsync() => screen.CompleteAsync();

    /// <summary>Closes the window.</summary>
    /// <exception cref="LiveConvException">The window had failed.</exception>
    public async ValueTask DisposeAsync()
    {
        await screen.DisposeAsync().ConfigureAwait(false);
        await shown.ConfigureAwait(false);
    }
}

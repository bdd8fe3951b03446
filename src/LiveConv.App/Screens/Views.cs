using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;
using LiveConv.Viewer;
using LiveConv.Window;

namespace LiveConv.App;

/// <summary>The screens of one run: opens the requested ones, and closes them.</summary>
/// <param name="context">The state of the run.</param>
/// <param name="mainThread">The thread of windows.</param>
/// <param name="camera">The run's source, which pages may take over.</param>
/// <param name="recordings">The files that pages may download.</param>
/// <param name="terminal">Where the page's addresses are printed: no page may show them, because they hold its tokens.</param>
/// <param name="network">The network that the page looks into, or null.</param>
/// <param name="stop">Stops the run and aborts opening; cancelled when a window fails.</param>
internal sealed class Views(
    RunContext context,
    MainThread mainThread,
    BrowserCamera camera,
    RecordedFiles recordings,
    TerminalLines terminal,
    LiveNetwork? network,
    CancellationTokenSource stop) : IAsyncDisposable
{
    private readonly List<IMapSink> screens = [];
    private readonly List<Task> openWindows = [];

    public IReadOnlyList<IMapSink> Screens => screens;

    /// <summary>Opens the screens. Those that are open when one fails are closed by <see cref="DisposeAsync"/>.</summary>
    /// <param name="settings">The requested views and the page's port.</param>
    /// <exception cref="LiveConvException">A requested screen cannot be opened; the message says why and what to do.</exception>
    public async Task OpenAsync(LiveSettings settings)
    {
        foreach (View view in settings.Views)
        {
            switch (view)
            {
                case View.Page:
                    await OpenPageAsync(settings).ConfigureAwait(false);
                    break;
                case View.Window:
                    await OpenWindowAsync(SdlWindow.Open).ConfigureAwait(false);
                    break;
                case View.OpenCv:
                    await OpenWindowAsync(OpenCvFeature.OpenWindow).ConfigureAwait(false);
                    break;
                case View.Auto:
                    await OpenBestAsync(settings).ConfigureAwait(false);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IMapSink screen in screens)
        {
            await screen.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(openWindows).ConfigureAwait(false);
    }

    // A window lives on the main thread from opening to closing. If it fails later, the run ends with its failure.
    private async Task OpenWindowAsync(Func<IWindow> open)
    {
        var screen = new WindowScreen(open, context);
        Task shown = mainThread.RunAsync(() =>
        {
            try
            {
                screen.Run();
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        });
        await screen.Opened.ConfigureAwait(false);
        screens.Add(screen);
        openWindows.Add(shown);
    }

    private async Task OpenBestAsync(LiveSettings settings)
    {
        Func<IWindow>[] windows = Desktop.IsAvailable
            ? OpenCvFeature.IsBuilt ? [OpenCvFeature.OpenWindow, SdlWindow.Open] : [SdlWindow.Open]
            : [];
        string why = "there is no display";
        foreach (Func<IWindow> open in windows)
        {
            try
            {
                await OpenWindowAsync(open).ConfigureAwait(false);
                return;
            }
            catch (LiveConvException e)
            {
                why = e.Message;
            }
        }

        context.Notices.Info($"no window, showing the page: {why}");
        if (!settings.Views.Contains(View.Page))
        {
            await OpenPageAsync(settings).ConfigureAwait(false);
        }
    }

    private async Task OpenPageAsync(LiveSettings settings)
    {
        var page = new PageViewer(context.Controls, context.Stats, context.Notices, context.Source, context.Time, settings.Page with
        {
            Camera = camera,
            Recordings = recordings,
            Network = network,
            Lessons = new LessonLibrary(settings.PresetsDirectory, line => context.Notices.Warn(line), context.Time).Read,
        });
        screens.Add(page);
        PageAddresses addresses =
            await page.StartAsync(settings.Port ?? PageOptions.DefaultPort, settings.Port is not null, stop.Token).ConfigureAwait(false);
        terminal.Print(PrintedAddresses.Of(addresses, settings));
        Browser.Open(addresses.Browser, settings.OpensBrowser);
    }
}

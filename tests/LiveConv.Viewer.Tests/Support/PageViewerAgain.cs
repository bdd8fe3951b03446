using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Viewer.Tests;

/// <summary>A second run of the program at the address of the first.</summary>
internal sealed class PageViewerAgain(PageViewer viewer) : IAsyncDisposable
{
    public static async Task<PageViewerAgain> StartAsync(int port)
    {
        var controls = new LiveControls([Preset.Seed], Preset.Seed);
        var source = new SourceInfo("noise", new SourceMode(), new SourceMode(64, 48, 30));
        var viewer = new PageViewer(
            controls, new FrameStats(TimeProvider.System), new Notices(), () => source, TimeProvider.System, new PageOptions());
        await viewer.StartAsync(port, portIsExact: true, CancellationToken.None);
        return new PageViewerAgain(viewer);
    }

    public ValueTask DisposeAsync() => viewer.DisposeAsync();
}

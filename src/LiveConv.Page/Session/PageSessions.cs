using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>
/// The pages of a run, over whatever carries their messages. Hand it maps and open a session for each page. Thread-safe.
/// </summary>
internal sealed class PageSessions : IDisposable
{
    private readonly PageContext context;
    private readonly PageBroadcast broadcast;
    private readonly PageCommands commands;
    private readonly PageReports reports;
    private readonly DrawnImages drawn;
    private readonly PixelExplainer explainer = new();

    /// <summary>No page is open yet.</summary>
    /// <param name="context">The run.</param>
    public PageSessions(PageContext context)
    {
        this.context = context;
        broadcast = new PageBroadcast(context);
        commands = new PageCommands(context.Controls, context.Notices);
        reports = new PageReports(context);
        drawn = new DrawnImages(context.Controls, context.Stats, context.Time);
    }

    /// <summary>Shows newer maps. Takes ownership of one lease.</summary>
    public void Show(EdgeMaps maps) => broadcast.Show(maps);

    /// <summary>No more maps will come: gives back those that are held. Sessions stay open.</summary>
    public void CompleteImages() => broadcast.Images.Dispose();

    /// <summary>Opens a session for one page, which gets everything from now on until it is disposed.</summary>
    /// <param name="wake">Called on any thread when there may be something to send; must not block.</param>
    public PageSession Open(Action wake)
    {
        var choice = new FormatChoice(context.Format, broadcast.Images.HasJpeg, context.Time);
        var images = new ImageStream(broadcast.Images, drawn, choice, context.Time);
        var tools = new PageTools(broadcast.Images, explainer, context.Time);
        var session = new PageSession(broadcast, commands, reports, images, tools, context.Camera, wake);
        broadcast.Add(session);
        return session;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        broadcast.Dispose();
        explainer.Dispose();
    }
}

using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>
/// The pages of a run, over whatever carries their messages. Pass it maps and open a session for each page. Thread-safe; starts no thread,
/// only a timer of the context's clock.
/// </summary>
public sealed class PageSessions : IDisposable
{
    private readonly PageContext context;
    private readonly PageBroadcast broadcast;
    private readonly PageCommands commands;
    private readonly PageReports reports;
    private readonly DrawnImages drawn;
    private readonly ImageViews views;
    private readonly PresetEdits edits = new();
    private readonly Thumbnails thumbnails;

    /// <summary>Starts without a page: subscribes to the run's controls, notices and recordings until disposed.</summary>
    /// <param name="context">The run. Its encoder is owned from now on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public PageSessions(PageContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
        broadcast = new PageBroadcast(context);
        views = new ImageViews(context.Time);
        commands = new PageCommands(context.Controls, context.Notices, context.Time, edits);
        reports = new PageReports(context, edits, () => broadcast.Stage);
        thumbnails = new Thumbnails(broadcast.Images, context.Time);
        drawn = new DrawnImages(context.Controls, context.Stats, context.Time);
    }

    /// <summary>Shows newer maps on every page; the ones before them are given back.</summary>
    /// <param name="maps">Takes ownership of one lease.</param>
    /// <exception cref="ArgumentNullException"><paramref name="maps"/> is null.</exception>
    public void Show(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        broadcast.Show(maps);
    }

    /// <summary>No more maps will come: gives back those that are held. Sessions stay open.</summary>
    public void CompleteImages() => broadcast.Images.Dispose();

    /// <summary>Opens a session for one page, which gets everything from now on until it is disposed.</summary>
    /// <param name="role">What the page may do.</param>
    /// <param name="rates">How often it may send what. Those of a page that left, when it is the same visitor that comes again.</param>
    /// <param name="wake">Called on any thread when there may be something to send; must not block.</param>
    /// <returns>The session; dispose it when the page has left.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rates"/> or <paramref name="wake"/> is null.</exception>
    public PageSession Open(PageRole role, PageRates rates, Action wake)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(wake);
        var choice = new FormatChoice(context.Format, broadcast.Images.HasJpeg, context.Time);
        var tools = new PageTools(broadcast.Images, views, thumbnails, context, role);
        var images = new ImageStream(broadcast.Images, tools.Held, drawn, choice, role, context.Time);
        var session = new PageSession(role, broadcast, commands, reports, images, tools, context, rates, wake);
        broadcast.Add(session);
        return session;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        broadcast.Dispose();
        commands.Dispose();
        thumbnails.Dispose();
        views.Dispose();
    }
}

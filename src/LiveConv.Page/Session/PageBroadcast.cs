using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>What goes to every page: images, notices, and the moments at which state and figures are due. Thread-safe.</summary>
internal sealed class PageBroadcast : IDisposable
{
    private static readonly TimeSpan StatsPeriod = TimeSpan.FromMilliseconds(250);
    private readonly PageContext context;
    private readonly RecentNotices forPresenters = new();
    private readonly RecentNotices forGuests = new();
    private readonly Lock gate = new();
    private readonly ITimer ticker;
    private readonly TokenBucket states;
    private int isStateDue;
    private volatile PageSession[] sessions = [];
    private volatile StagePage? stage;
    private SourceInfo? lastSource;
    private int stateNumber = 1;
    private int statsNumber = 1;

    /// <summary>Listens to the controls, the notices and the recordings, and starts to tick.</summary>
    public PageBroadcast(PageContext context)
    {
        this.context = context;
        states = new TokenBucket(context.Time, burst: 20, TimeSpan.FromMilliseconds(50));
        Images = new LatestImage(new ImageWriter(context.Jpeg), context.Stats, context.Time);
        context.Controls.Changed += OnChanged;
        context.Notices.Posted += OnPosted;
        context.Recordings?.Changed += OnChanged;
        ticker = context.Time.CreateTimer(static broadcast => ((PageBroadcast)broadcast!).OnTick(), this, StatsPeriod, StatsPeriod);
    }

    /// <summary>The slot that every page takes its next image from.</summary>
    public LatestImage Images { get; }

    /// <summary>The pages that are open.</summary>
    public int Pages => sessions.Length;

    /// <summary>What the presenter's page shows; null until one has said so.</summary>
    public PresenterView? Stage => stage is { } page ? new PresenterView(page.View, page.Tools.Held.Image?.Number) : null;

    /// <summary>What the presenter's page holds; null until one has said what it shows.</summary>
    public HeldSlot? StageHeld => stage?.Tools.Held;

    /// <summary>The newest step of what the presenter's page learns; null before the first.</summary>
    public LessonMessage? StageLearned => stage?.Tools.Learned;

    /// <summary>Counts the changes of the state.</summary>
    public int StateNumber => Volatile.Read(ref stateNumber);

    /// <summary>Counts the moments at which figures are due.</summary>
    public int StatsNumber => Volatile.Read(ref statsNumber);

    /// <summary>Shows newer maps. Takes ownership of one lease.</summary>
    public void Show(EdgeMaps maps)
    {
        Images.Put(maps, hasClients: Array.Exists(sessions, session => !session.IsHolding));
        WakeAll();
    }

    /// <summary>A presenter's page shows something else, which changes the state.</summary>
    /// <param name="view">What it shows.</param>
    /// <param name="tools">What it holds and learns, now and later.</param>
    public void SetStage(StageView view, PageTools tools)
    {
        stage = new StagePage(view, tools);
        OnChanged();
    }

    /// <summary>A page has learned one step more; those that follow it are sent it too.</summary>
    /// <param name="tools">The page's.</param>
    /// <param name="step">The step.</param>
    public void StepLearned(PageTools tools, LessonMessage step)
    {
        if (tools == stage?.Tools)
        {
            foreach (PageSession session in sessions)
            {
                session.OnStageLearned(step);
            }
        }
    }

    /// <summary>A page holds another image, or none any more.</summary>
    public void HoldChanged(HeldSlot held)
    {
        if (held == StageHeld)
        {
            OnChanged();
        }
    }

    /// <summary>One more page gets everything from now on; presenters' pages before guests'.</summary>
    public void Add(PageSession session)
    {
        lock (gate)
        {
            sessions = [.. sessions.Append(session).OrderBy(one => one.Role)];
        }
    }

    /// <summary>A page has left.</summary>
    public void Remove(PageSession session)
    {
        lock (gate)
        {
            sessions = Array.FindAll(sessions, other => other != session);
        }
    }

    /// <summary>The next notice that a page has not seen.</summary>
    /// <param name="role">Whose page it is: guests see those for everybody.</param>
    /// <param name="seen">The number of the notice seen last; moves on.</param>
    /// <returns>The notice, or null when all were seen.</returns>
    public NoticeMessage? NoticeAfter(PageRole role, ref int seen) =>
        (role == PageRole.Presenter ? forPresenters : forGuests).After(ref seen);

    /// <inheritdoc/>
    public void Dispose()
    {
        context.Controls.Changed -= OnChanged;
        context.Notices.Posted -= OnPosted;
        context.Recordings?.Changed -= OnChanged;
        ticker.Dispose();
        Images.Dispose();
    }

    private void OnTick()
    {
        SourceInfo now = context.Source();
        bool isDue = Interlocked.Exchange(ref isStateDue, 0) != 0;
        if (!Equals(now, Interlocked.Exchange(ref lastSource, now)) || isDue)
        {
            Interlocked.Increment(ref stateNumber);
        }

        Interlocked.Increment(ref statsNumber);
        WakeAll();
    }

    // Changes that come faster than anybody sees are sent together, with the figures.
    private void OnChanged()
    {
        if (!states.TryTake())
        {
            Volatile.Write(ref isStateDue, 1);
            return;
        }

        Interlocked.Increment(ref stateNumber);
        WakeAll();
    }

    private void OnPosted(Notice notice)
    {
        if (notice.Audience == Audience.Terminal)
        {
            return;
        }

        var message = new NoticeMessage(notice.Text, notice.IsProblem);
        forPresenters.Add(message);
        if (notice.Audience == Audience.Everybody)
        {
            forGuests.Add(message);
        }

        WakeAll();
    }

    private void WakeAll()
    {
        foreach (PageSession session in sessions)
        {
            session.Wake();
        }
    }

    private sealed record StagePage(StageView View, PageTools Tools);
}

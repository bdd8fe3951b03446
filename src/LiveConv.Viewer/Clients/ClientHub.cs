using System.Net.WebSockets;
using LiveConv.Page;
using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>What all pages share: the newest image, the state, the figures, and who is connected. Thread-safe.</summary>
internal sealed class ClientHub : IDisposable
{
    private const string EditedId = "edited";
    private static readonly TimeSpan StatsPeriod = TimeSpan.FromMilliseconds(250);
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly Notices notices;
    private readonly Func<SourceInfo> source;
    private readonly PageFormat format;
    private readonly RecordingLines recordings;
    private readonly RecentNotices recent = new();
    private readonly Lock drawnGate = new();
    private readonly Lock clientsGate = new();
    private readonly PixelExplainer explainer = new();
    private readonly ITimer ticker;
    private volatile PageClient[] clients = [];
    private volatile PageClient? lastEditor;
    private SourceInfo? lastSource;
    private uint lastDrawn;
    private int stateNumber = 1;
    private int statsNumber = 1;
    private bool isClosed;

    /// <summary>Listens to the controls and the notices, and begins to tick.</summary>
    public ClientHub(
        LiveControls controls, FrameStats stats, Notices notices, Func<SourceInfo> source, TimeProvider time, PageOptions options)
    {
        this.controls = controls;
        this.stats = stats;
        this.notices = notices;
        this.source = source;
        Time = time;
        format = options.Format;
        Camera = options.Camera;
        recordings = new RecordingLines(options.Recordings ?? new RecordedFiles(time), time);
        recordings.Changed += OnChanged;
        Images = new LatestImage(new ImageWriter(PageJpeg.Of(options)), stats, time);
        controls.Changed += OnChanged;
        notices.Posted += OnPosted;
        ticker = time.CreateTimer(static hub => ((ClientHub)hub!).Tick(), this, StatsPeriod, StatsPeriod);
    }

    /// <summary>The slot that every client takes its next image from.</summary>
    public LatestImage Images { get; }

    /// <summary>The clock of the frames' timestamps.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where pages send their cameras' images; null when this run takes none.</summary>
    public BrowserCamera? Camera { get; }

    /// <summary>Counts the changes of the state.</summary>
    public int StateNumber => Volatile.Read(ref stateNumber);

    /// <summary>Counts the moments at which figures are due.</summary>
    public int StatsNumber => Volatile.Read(ref statsNumber);

    /// <summary>Shows newer maps. Takes ownership of one lease.</summary>
    public void Show(EdgeMaps maps)
    {
        Images.Put(maps, hasClients: clients.Length > 0);
        WakeAll();
    }

    /// <summary>Serves one page until it leaves.</summary>
    public async Task ServeAsync(WebSocket socket)
    {
        var client = new PageClient(socket, this);
        Add(client);
        try
        {
            if (Volatile.Read(ref isClosed))
            {
                await CloseClientAsync(client).ConfigureAwait(false);
            }

            client.Wake();
            await client.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            Remove(client);
        }
    }

    /// <summary>How images travel to one more page.</summary>
    public FormatChoice ChooseFormat() => new(format, Images.HasJpeg, Time);

    /// <summary>A page has drawn an image just now.</summary>
    /// <param name="number">The image's number.</param>
    /// <param name="captureTimestamp">When it was taken; null when it has no age.</param>
    /// <returns>Its age in milliseconds, or null.</returns>
    public double? Drawn(uint number, long? captureTimestamp)
    {
        // A held image may be drawn at any time, by a page that comes late or wants other planes: that is no age.
        captureTimestamp = controls.IsPaused ? null : captureTimestamp;

        // An image counts as shown once, when the first page has drawn it; pages that lag behind count nothing.
        lock (drawnGate)
        {
            if (number > lastDrawn)
            {
                lastDrawn = number;
                stats.CountShown(captureTimestamp);
            }
        }

        return captureTimestamp is { } taken ? Math.Round(Time.GetElapsedTime(taken).TotalMilliseconds, 1) : null;
    }

    /// <summary>Somebody pressed a key on a page. Keys without a meaning do nothing.</summary>
    public void Press(char key)
    {
        if (LiveCommand.FromKey(key) is not { } command)
        {
            return;
        }

        controls.Execute(command);
        if (command.Action == LiveAction.ToggleRecord && controls.IsPaused && controls.IsRecording)
        {
            notices.Info("paused: the recording's file begins with the next image");
        }
    }

    /// <summary>Somebody chose a preset on a page. One that is not there any more is ignored.</summary>
    public void ChoosePreset(string id)
    {
        if (controls.Presets.FirstOrDefault(preset => preset.Id == id) is { } chosen)
        {
            controls.Preset = chosen;
        }
    }

    /// <summary>Somebody edited the kernels on a page: the next frame is filtered with them.</summary>
    /// <param name="document">A preset as it stands in files.</param>
    /// <param name="editor">The page.</param>
    /// <returns>What became of it.</returns>
    public EditedMessage Edit(ReadOnlySpan<byte> document, PageClient editor)
    {
        try
        {
            Preset edited = PresetFile.Parse(document, EditedId + ".json");
            lastEditor = editor;
            controls.Preset = edited;
            return new EditedMessage(null, null);
        }
        catch (PresetException e)
        {
            return new EditedMessage(e.Reason, e.Member);
        }
    }

    /// <summary>Says how a pixel of the newest maps came about.</summary>
    public ExplainedMessage Explain(PixelQuestion question) =>
        Images.Read((maps, number) => explainer.Explain(maps, number, question)) ?? new ExplainedMessage(null, "there is no image yet");

    /// <summary>Learns a kernel from the live image, step by step.</summary>
    /// <param name="request">What is learned.</param>
    /// <param name="tell">Called on any thread with the newest stand.</param>
    /// <param name="stop">Ends it.</param>
    public Task LearnAsync(LessonRequest request, Action<LessonMessage> tell, CancellationToken stop) =>
        new Lesson(Images, Time, tell).RunAsync(request, stop);

    /// <summary>The state now.</summary>
    /// <param name="reader">The page that is told.</param>
    public StateMessage State(PageClient reader)
    {
        SourceInfo info = source();
        Preset preset = controls.Preset;
        return new StateMessage(
            Line(preset),
            KernelPair.Of(preset),
            preset.Id == EditedId && lastEditor == reader,
            [.. controls.Presets.Select(Line)],
            controls.IsPaused,
            controls.IsRecording,
            Camera is not null,
            recordings.Lines(),
            new SourceLine(info.Name, info.Requested.ToString(), info.Granted.ToString(), info.Note, info.Waiting, info.Reconnects));
    }

    /// <summary>The figures now.</summary>
    /// <param name="ageNow">The age of the frame that the page drew last.</param>
    public StatsMessage Stats(double? ageNow)
    {
        StatsSnapshot live = stats.Live();
        return new StatsMessage(
            live.Frames, live.Fps, live.Ms, live.Age, controls.IsPaused ? null : ageNow, recordings.Current(), live.Gc, clients.Length,
            source().Describe(live.Fps.In));
    }

    /// <summary>The next line that a page has not seen.</summary>
    /// <param name="seen">The number of the line it saw last; moves on.</param>
    public NoticeMessage? NoticeAfter(ref int seen) => recent.After(ref seen);

    /// <summary>Tells every page that this is the end.</summary>
    public async Task CloseAsync()
    {
        Volatile.Write(ref isClosed, true);
        await Task.WhenAll(clients.Select(CloseClientAsync)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        controls.Changed -= OnChanged;
        notices.Posted -= OnPosted;
        recordings.Changed -= OnChanged;
        ticker.Dispose();
        Images.Dispose();
        explainer.Dispose();
    }

    private static PresetLine Line(Preset preset) => new(preset.Id, preset.Name, preset.Description);

    private static Task CloseClientAsync(PageClient client) =>
        client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "LiveConv has ended");

    private void Add(PageClient client)
    {
        lock (clientsGate)
        {
            clients = [.. clients, client];
        }
    }

    private void Remove(PageClient client)
    {
        lock (clientsGate)
        {
            clients = Array.FindAll(clients, other => other != client);
        }

        Interlocked.CompareExchange(ref lastEditor, null, client);
    }

    private void Tick()
    {
        SourceInfo now = source();
        if (!Equals(now, Interlocked.Exchange(ref lastSource, now)))
        {
            Interlocked.Increment(ref stateNumber);
        }

        Interlocked.Increment(ref statsNumber);
        WakeAll();
    }

    private void OnChanged()
    {
        Interlocked.Increment(ref stateNumber);
        WakeAll();
    }

    private void OnPosted(Notice notice)
    {
        recent.Add(new NoticeMessage(notice.Text, notice.IsProblem));
        WakeAll();
    }

    private void WakeAll()
    {
        foreach (PageClient client in clients)
        {
            client.Wake();
        }
    }
}

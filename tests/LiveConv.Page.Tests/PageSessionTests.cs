using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

/// <summary>A page's session without a server: messages go in as bytes and are taken out as bytes.</summary>
public sealed class PageSessionTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly LiveControls controls = new([Preset.Seed], Preset.Seed);
    private readonly FrameStats stats;
    private readonly FramePool<Frame> frames = new(4);
    private readonly FramePool<EdgeMaps> maps = new(4);
    private readonly RecordedFiles recordings;
    private readonly PageSessions sessions;
    private readonly Notices notices = new();
    private SourceInfo source = new("test", new SourceMode(), new SourceMode());
    private int wakes;

    public PageSessionTests()
    {
        stats = new FrameStats(time);
        recordings = new RecordedFiles(time);
        sessions = new PageSessions(new PageContext(controls, stats, notices, () => source, time) { Recordings = recordings });
    }

    [Fact]
    public void Session_Opened_GetsTheStateFirst()
    {
        using PageSession session = Open();

        Assert.Equal("state", TypeOf(session.NextText()));
        Assert.Null(session.NextImage());
    }

    [Fact]
    public void Image_Shown_IsTakenOnceAndCountsAsShownWhenDrawn()
    {
        using PageSession session = Open();
        Show();

        using ImageMessage image = session.NextImage()!;

        Assert.Null(session.NextImage());
        Assert.Equal(ImageHeader.Size + (2 * 8 * 4), image.Bytes.Length);
        session.Receive(JsonSerializer.SerializeToUtf8Bytes(new { drawn = image.Number }));
        Assert.Equal(1, stats.Shown);
    }

    [Fact]
    public void Kernels_EditedOnOnePage_AreMarkedAsItsOwnThereAlone()
    {
        using PageSession editor = Open();
        using PageSession other = Open();

        editor.Receive("""{"edit":{"version":1,"name":"Mine","vertical":[[1]],"horizontal":[[2]]}}"""u8);

        Assert.Equal("Mine", controls.Preset.Name);
        Assert.True(StateOf(editor).GetProperty("editedHere").GetBoolean());
        Assert.False(StateOf(other).GetProperty("editedHere").GetBoolean());
    }

    [Fact]
    public void Text_PastedTwice_IsAnsweredWithTheNewestAnswer()
    {
        using PageSession session = Open();
        session.NextText();

        session.Receive("""{"kernelText":{"map":0,"text":"[[1, 2]]","operation":"correlation","response":"abs","border":"mirror"}}"""u8);
        session.Receive("""{"kernelText":{"map":1,"text":"[[3, 4]]","operation":"correlation","response":"abs","border":"mirror"}}"""u8);

        JsonElement answer = Parse(session.NextText());
        Assert.Equal(("kernelText", 1), (answer.GetProperty("type").GetString(), answer.GetProperty("map").GetInt32()));
        Assert.Equal("[[3,4]]", answer.GetProperty("kernels")[0].GetProperty("weights").GetRawText());
        Assert.Equal("stats", TypeOf(session.NextText()));
        Assert.Null(session.NextText());
    }

    [Theory]
    [InlineData("""{"key":"q"}""", "notice")]
    [InlineData("""{"key":"p"}""", "notice")]
    [InlineData("""{"key":"r"}""", "notice")]
    [InlineData("""{"key":"s"}""", "notice")]
    [InlineData("""{"key":"."}""", "notice")]
    [InlineData("""{"key":"2"}""", "notice")]
    [InlineData("""{"preset":"seed"}""", "notice")]
    [InlineData("""{"edit":{"version":1,"name":"Mine","vertical":[[1]],"horizontal":[[2]]}}""", "edited")]
    [InlineData("""{"camera":{"width":64,"height":48}}""", "camera")]
    public void Guest_ChangingTheRun_IsRefusedAndNothingChanges(string message, string answered)
    {
        bool hasChanged = false;
        controls.Changed += () => hasChanged = true;
        controls.QuitRequested += () => hasChanged = true;
        using PageSession guest = Open(PageRole.Guest);
        guest.NextText();

        guest.Receive(System.Text.Encoding.UTF8.GetBytes(message));

        JsonElement answer = Parse(guest.NextText());
        Assert.False(hasChanged);
        Assert.Equal(answered, answer.GetProperty("type").GetString());
        Assert.Contains("only the presenter", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"xray":{"map":0,"x":1,"y":1}}""", "xray")]
    [InlineData("""{"kernelText":{"map":0,"text":"1","operation":"correlation","response":"abs","border":"mirror"}}""", "kernelText")]
    public void Guest_Looking_IsAnswered(string message, string answered)
    {
        using PageSession guest = Open(PageRole.Guest);
        guest.NextText();

        guest.Receive(System.Text.Encoding.UTF8.GetBytes(message));

        Assert.Equal(answered, TypeOf(guest.NextText()));
    }

    [Fact]
    public void State_OfAGuest_SaysSoAndListsNoRecordings()
    {
        recordings.Begin("edges.mkv");
        using PageSession guest = Open(PageRole.Guest);
        using PageSession presenter = Open();

        JsonElement state = StateOf(guest);

        Assert.Equal("guest", state.GetProperty("role").GetString());
        Assert.Empty(state.GetProperty("recordings").EnumerateArray());
        JsonElement whole = StateOf(presenter);
        Assert.Equal("presenter", whole.GetProperty("role").GetString());
        Assert.Single(whole.GetProperty("recordings").EnumerateArray());
    }

    [Fact]
    public void State_OfManyRecordings_HoldsThoseThatChanged()
    {
        using PageSession page = Open();
        for (int i = 0; i < 100; i++)
        {
            recordings.Begin($"{i}.mkv");
            recordings.End($"{i}.mkv");
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(100, StateOf(page).GetProperty("recordings").GetArrayLength());
        time.Advance(TimeSpan.FromSeconds(5));

        recordings.Begin("last.mkv");
        JsonElement begun = StateOf(page).GetProperty("recordings")[0];
        time.Advance(TimeSpan.FromSeconds(2));
        recordings.End("last.mkv");
        JsonElement ended = StateOf(page);

        Assert.Equal((100, false), (begun.GetProperty("number").GetInt32(), begun.GetProperty("done").GetBoolean()));
        JsonElement line = Assert.Single(ended.GetProperty("recordings").EnumerateArray());
        Assert.Equal((100, 2, true), (
            line.GetProperty("number").GetInt32(), line.GetProperty("seconds").GetDouble(), line.GetProperty("done").GetBoolean()));
        Assert.False(ended.TryGetProperty("presets", out _));
        controls.Execute(new LiveCommand(LiveAction.TogglePause));
        Assert.False(StateOf(page).TryGetProperty("recordings", out _));
    }

    [Fact]
    public void Notices_ForTheGuest_NameNoFilesOfThePresenter()
    {
        using PageSession guest = Open(PageRole.Guest);
        using PageSession presenter = Open();
        guest.NextText();
        presenter.NextText();

        notices.Info("recording to /home/somebody/edges.mkv");
        notices.Warn("waiting for camera", Audience.Everybody);

        Assert.Equal("waiting for camera", Parse(guest.NextText()).GetProperty("text").GetString());
        Assert.Equal("stats", TypeOf(guest.NextText()));
        Assert.Equal("recording to /home/somebody/edges.mkv", Parse(presenter.NextText()).GetProperty("text").GetString());
        Assert.Equal("waiting for camera", Parse(presenter.NextText()).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(null, false, 40)]
    [InlineData("waiting for camera", false, 3040)]
    [InlineData("ended", true, 40)]
    public void AgeNow_OfTheImageOnShow_GrowsWhileItsSourceIsWaitedFor(string? waiting, bool isHeld, double age)
    {
        using PageSession session = Open();
        session.NextText();
        Show();
        using ImageMessage image = session.NextImage()!;
        time.Advance(TimeSpan.FromMilliseconds(40));
        session.Receive(JsonSerializer.SerializeToUtf8Bytes(new { drawn = image.Number }));

        source = source with { Waiting = waiting, IsHeld = isHeld };
        time.Advance(TimeSpan.FromSeconds(3));

        JsonElement message;
        do
        {
            message = Parse(session.NextText());
        }
        while (message.GetProperty("type").GetString() != "stats");
        Assert.Equal(age, message.GetProperty("ageNow").GetDouble());
    }

    [Fact]
    public void Message_Received_WakesTheSender()
    {
        using PageSession session = Open();
        int before = wakes;

        session.Receive("""{"show":["camera"]}"""u8);

        Assert.True(wakes > before);
    }

    [Fact]
    public void Session_Disposed_IsWokenNoMore()
    {
        PageSession session = Open();
        session.Dispose();
        int before = wakes;

        controls.Execute(new LiveCommand(LiveAction.TogglePause));

        Assert.Equal(before, wakes);
    }

    public void Dispose()
    {
        sessions.Dispose();
        frames.Dispose();
        maps.Dispose();
    }

    private static string? TypeOf(ReadOnlyMemory<byte>? text) => Parse(text).GetProperty("type").GetString();

    private static JsonElement Parse(ReadOnlyMemory<byte>? text)
    {
        using JsonDocument document = JsonDocument.Parse(text!.Value);
        return document.RootElement.Clone();
    }

    private static JsonElement StateOf(PageSession session) => Parse(session.NextText());

    private PageSession Open(PageRole role = PageRole.Presenter) =>
        sessions.Open(role, new PageRates(time), () => Interlocked.Increment(ref wakes));

    private void Show()
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(8, 4);
        frame.CaptureTimestamp = time.GetTimestamp();
        EdgeMaps edges = maps.TryRent()!;
        using var workers = new WorkerPool(1);
        edges.Compute(frame, controls.Preset, workers);
        sessions.Show(edges);
    }
}

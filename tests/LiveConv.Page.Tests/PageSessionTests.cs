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
    private readonly PageSessions sessions;
    private int wakes;

    public PageSessionTests()
    {
        stats = new FrameStats(time);
        var source = new SourceInfo("test", new SourceMode(), new SourceMode());
        sessions = new PageSessions(new PageContext(controls, stats, new Notices(), () => source, time));
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

    private PageSession Open() => sessions.Open(() => Interlocked.Increment(ref wakes));

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

using System.Text;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

/// <summary>Images that a page holds, and the wall of layers, through a session.</summary>
public sealed class HeldImageTests : IDisposable
{
    private const int Width = 40;
    private const int Height = 24;
    private readonly FakeTimeProvider time = new();
    private readonly LiveControls controls = new([Preset.Seed, Shipped("canny"), Shipped("temporal-difference")], Preset.Seed);
    private readonly FrameStats stats;
    private readonly FramePool<Frame> frames = new(4);
    private readonly FramePool<EdgeMaps> maps = new(4);
    private readonly WorkerPool workers = new(1);
    private readonly PageSessions sessions;

    public HeldImageTests()
    {
        stats = new FrameStats(time);
        var source = new SourceInfo("test", new SourceMode(), new SourceMode());
        sessions = new PageSessions(new PageContext(controls, stats, new Notices(), () => source, time));
    }

    public void Dispose()
    {
        sessions.Dispose();
        Assert.Equal(0, frames.RentedCount + maps.RentedCount);
        frames.Dispose();
        maps.Dispose();
        workers.Dispose();
    }

    [Fact]
    public void Image_Held_IsSentOnceAndStaysWhileNewerOnesCome()
    {
        using PageSession session = Open();
        byte[] first = Show(1);
        Send(session, """{"hold":true}""");
        JsonElement held = Text(session, "held");
        Show(2);

        using ImageMessage image = session.NextImage()!;

        Assert.Equal(held.GetProperty("image").GetUInt32(), image.Number);
        Assert.Equal(first, image.Bytes[ImageHeader.Size..].ToArray()[..first.Length]);
        Assert.Null(image.CaptureTimestamp);
        Assert.Null(session.NextImage());
        Send(session, """{"xray":{"map":0,"x":3,"y":4}}""");
        Assert.Equal(first[(4 * Width) + 3], Value(Text(session, "xray")));
        Assert.Equal(0, stats.Dropped(DropCause.DisplayBusy));
    }

    [Fact]
    public void Image_LetGo_IsFollowedByTheNewest()
    {
        using PageSession session = Open();
        Show(1);
        Send(session, """{"hold":true}""");
        session.NextImage()!.Dispose();
        byte[] newest = Show(2);

        Send(session, """{"hold":false}""");

        Assert.Equal(JsonValueKind.Null, Text(session, "held").GetProperty("image").ValueKind);
        using ImageMessage image = session.NextImage()!;
        Assert.Equal(newest, image.Bytes[ImageHeader.Size..].ToArray()[..newest.Length]);
    }

    [Fact]
    public void Page_HoldingForMinutes_KeepsItsPlaceAndAMinuteAfterwards()
    {
        using PageSession session = Open();
        Show(1);
        Send(session, """{"hold":true}""");
        uint number;
        using (ImageMessage image = session.NextImage()!)
        {
            number = image.Number;
        }

        Send(session, $$"""{"drawn":{{number}}}""");
        time.Advance(TimeSpan.FromMinutes(5));
        Show(2);
        Assert.False(session.IsStale);
        Assert.Null(session.NextImage());

        Send(session, """{"hold":false}""");
        Show(3);

        Assert.False(session.IsStale);
        time.Advance(TimeSpan.FromMinutes(2));
        Show(4);
        Assert.True(session.IsStale);
    }

    [Fact]
    public void Page_HoldingAnImageThatItNeverAcknowledges_LosesItsPlaceAfterAMinute()
    {
        using PageSession session = Open();
        Show(1);
        Send(session, """{"hold":true}""");
        session.NextImage()!.Dispose();
        for (int second = 0; second < 59; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Show((byte)second);
            Assert.Null(session.NextImage());
            Assert.False(session.IsStale);
        }

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(session.IsStale);
    }

    [Fact]
    public void Preset_ChangedWhileHeld_IsAppliedToANewerImage()
    {
        using PageSession session = Open();
        Show(1);
        Send(session, """{"hold":true}""");
        Text(session, "held");
        controls.Preset = Shipped("canny");
        byte[] canny = Show(2);

        session.NextImage()?.Dispose();

        Assert.Equal(2u, Text(session, "held").GetProperty("image").GetUInt32());
        Send(session, """{"xray":{"map":0,"x":20,"y":12}}""");
        Assert.Equal(canny[(12 * Width) + 20], Value(Text(session, "xray")));
    }

    [Fact]
    public void Stage_HoldingWhatThePresenterHolds_ShowsThatImageAndFollowsIt()
    {
        using PageSession presenter = Open();
        using PageSession stage = Open();
        byte[] first = Show(1);
        Send(presenter, """{"stage":{"view":"2","signed":false,"lens":{"map":0,"x":3,"y":4}}}""");
        Send(presenter, """{"hold":true}""");
        uint number = Text(presenter, "held").GetProperty("image").GetUInt32();
        Show(2);

        Send(stage, """{"hold":"stage"}""");

        Assert.Equal(number, Text(stage, "state").GetProperty("stage").GetProperty("held").GetUInt32());
        Assert.Equal(number, Text(stage, "held").GetProperty("image").GetUInt32());
        using (ImageMessage image = stage.NextImage()!)
        {
            Assert.Equal(first, image.Bytes[ImageHeader.Size..].ToArray()[..first.Length]);
        }

        Send(presenter, """{"hold":"stage"}""");
        Assert.Equal(number, Text(presenter, "held").GetProperty("image").GetUInt32());

        Send(presenter, """{"hold":true}""");
        Assert.Equal(number + 1, Text(presenter, "held").GetProperty("image").GetUInt32());
        Assert.Equal(number + 1, Text(stage, "state").GetProperty("stage").GetProperty("held").GetUInt32());
    }

    [Fact]
    public void Stage_WhilePresenterHoldsNone_HoldsTheNewest()
    {
        using PageSession presenter = Open();
        using PageSession stage = Open();
        Show(1);
        Send(stage, """{"hold":"stage"}""");
        Assert.Equal(1u, Text(stage, "held").GetProperty("image").GetUInt32());
        Send(presenter, """{"stage":{"view":"2","signed":false,"lens":null}}""");
        Show(2);

        Send(stage, """{"hold":"stage"}""");

        Assert.Equal(2u, Text(stage, "held").GetProperty("image").GetUInt32());
    }

    [Fact]
    public void Images_HeldByGuests_TakeBoundedMemory()
    {
        var budget = new HoldBudget();
        Assert.True(budget.TryTake(PageRole.Guest, 200 << 20));

        Assert.False(budget.TryTake(PageRole.Guest, 100 << 20));
        Assert.True(budget.TryTake(PageRole.Presenter, 100 << 20));

        budget.Return(PageRole.Guest, 200 << 20);
        Assert.True(budget.TryTake(PageRole.Guest, 100 << 20));
    }

    [Fact]
    public void Layers_OfAStack_AreAllItsStagesWithinTheirBounds()
    {
        controls.Preset = Shipped("ball-or-bat");
        using PageSession session = Open();
        Show(1);

        Send(session, """{"layers":{"width":20,"enlarged":{"layer":1,"map":1}}}""");

        JsonElement message = Text(session, "layers");
        JsonElement[] layers = [.. message.GetProperty("layers").EnumerateArray()];
        Assert.Equal(
            [null, "convolution", "averagePool", "convolution", "relu", "convolution", "relu", "bilinear"],
            layers.Select(layer => layer.GetProperty("operation").GetString()));
        Assert.Equal([1, 2, 2, 5, 5, 2, 2, 2], layers.Select(layer => layer.GetProperty("maps").GetArrayLength()));
        Assert.Equal([20, 20, 5, 5, 5, 5, 5, 20], layers.Select(layer => layer.GetProperty("maps")[0].GetProperty("width").GetInt32()));
        foreach (JsonElement map in layers.SelectMany(layer => layer.GetProperty("maps").EnumerateArray()))
        {
            int pixels = map.GetProperty("width").GetInt32() * map.GetProperty("height").GetInt32();
            Assert.Equal(pixels, map.GetProperty("pixels").GetBytesFromBase64().Length);
        }

        Assert.Equal(Width, message.GetProperty("enlarged").GetProperty("width").GetInt32());
        Assert.Equal("""[{"layer":7,"map":0},{"layer":7,"map":1}]""", message.GetProperty("shown").GetRawText());
    }

    [Theory]
    [InlineData("canny")]
    [InlineData("temporal-difference")]
    public void Layers_OfAPresetThatIsNotInUse_AreThose(string id)
    {
        using PageSession session = Open();
        Show(1);
        string request = $$$"""{"layers":{"width":20,"enlarged":{"layer":0,"map":0},"preset":"{{{id}}}"}}""";
        Send(session, request);
        JsonElement other = Text(session, "layers");
        Send(session, """{"layers":{"width":20}}""");
        JsonElement own = Text(session, "layers");
        controls.Preset = Shipped(id);
        Show(2);
        Send(session, """{"layers":{"width":20}}""");
        JsonElement inUse = Text(session, "layers");

        Assert.Equal((id, JsonValueKind.Null), (other.GetProperty("preset").GetString(), own.GetProperty("preset").ValueKind));
        Assert.Equal(2, own.GetProperty("layers").GetArrayLength());
        Assert.Equal(Operations(inUse), Operations(other));
        Assert.True(other.GetProperty("enlarged").GetProperty("width").GetInt32() <= Width);
    }

    [Fact]
    public void Layers_OfNoPreset_AreRefusedAsThat()
    {
        using PageSession session = Open();
        Show(1);

        Send(session, """{"layers":{"width":20,"preset":"gone"}}""");

        JsonElement answer = Text(session, "layers");
        Assert.Equal(
            ("gone", "there is no such preset"), (answer.GetProperty("preset").GetString(), answer.GetProperty("refused").GetString()));
    }

    [Fact]
    public void Layers_OfManyLargeMaps_AreSmallerThanRequested()
    {
        string kernels = string.Join(',', Enumerable.Repeat("""{"weights":[[1]]}""", 60));
        string document = $$"""{"version":1,"name":"Many","layers":[{"kernels":[{{kernels}}]}]}""";
        controls.Preset = PresetFile.Parse(Encoding.UTF8.GetBytes(document), "many.json");
        using PageSession session = Open();
        Show(1, 640, 480);

        Send(session, """{"layers":{"width":320}}""");

        JsonElement layers = Text(session, "layers").GetProperty("layers");
        Assert.Equal(60, layers[1].GetProperty("maps").GetArrayLength());
        int pixels = layers.EnumerateArray().SelectMany(layer => layer.GetProperty("maps").EnumerateArray())
            .Sum(map => map.GetProperty("pixels").GetBytesFromBase64().Length);
        Assert.InRange(pixels, 1 << 18, 1 << 20);
    }

    [Theory]
    [InlineData(0f, false, 1f)]
    [InlineData(3f, false, 5f)]
    [InlineData(-765f, true, 1000f)]
    [InlineData(0.0199f, false, 0.02f)]
    public void Scaler_OfValues_RoundsTheScaleUpAndKeepsTheStrongest(float value, bool isSigned, float scale)
    {
        using var map = new Plane<float>(4, 4);
        map.Row(2)[3] = value;

        var scaler = new MapScaler([map]);
        byte[] pixels = Convert.FromBase64String(scaler.Small(map, 2).Pixels);

        Assert.Equal((isSigned, scale), (scaler.IsSigned, scaler.Scale));
        byte zero = (byte)(isSigned ? 128 : 0);
        byte strongest = (byte)(isSigned ? 128 + MathF.Round(127 * value / scale) : MathF.Round(255 * value / scale));
        Assert.Equal([zero, zero, zero, strongest], pixels);
    }

    private static Preset Shipped(string name) => PresetFile.Read(RepositoryFiles.PathOf("presets", name + ".json"));

    private static IEnumerable<string?> Operations(JsonElement layers) =>
        layers.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("operation").GetString());

    private static int Value(JsonElement message) => message.GetProperty("answer").GetProperty("shown").GetProperty("value").GetInt32();

    private static void Send(PageSession session, string message) => session.Receive(Encoding.UTF8.GetBytes(message));

    private static JsonElement Text(PageSession session, string type)
    {
        while (session.NextText() is { } text)
        {
            JsonElement message = JsonDocument.Parse(text).RootElement;
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }

        throw new InvalidOperationException($"no {type} was sent");
    }

    private PageSession Open() => sessions.Open(PageRole.Presenter, new PageRates(time), () => { });

    // Noise that the number decides; returns the left map.
    private byte[] Show(int number, int width = Width, int height = Height)
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(width, height);
        frame.CaptureTimestamp = time.GetTimestamp();
        var random = new Random(number);
        for (int y = 0; y < height; y++)
        {
            random.NextBytes(frame.Luma.Row(y));
        }

        EdgeMaps edges = maps.TryRent()!;
        edges.Compute(frame, controls.Preset, workers);
        byte[] vertical = [.. Enumerable.Range(0, edges.Vertical.Height).SelectMany(y => edges.Vertical.Row(y).ToArray())];
        sessions.Show(edges);
        return vertical;
    }
}

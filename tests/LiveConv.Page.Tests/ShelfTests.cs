using System.Text;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

/// <summary>The shelf of presets: small maps, groups, and the edits that stay.</summary>
public sealed class ShelfTests : IDisposable
{
    private const int Width = 320;
    private const int Height = 200;
    private readonly FakeTimeProvider time = new();
    private readonly LiveControls controls = new([Preset.Seed, Difference], Preset.Seed);
    private readonly FramePool<Frame> frames = new(4);
    private readonly FramePool<EdgeMaps> maps = new(4);
    private readonly PageSessions sessions;

    public ShelfTests()
    {
        var source = new SourceInfo("test", new SourceMode(), new SourceMode());
        sessions = new PageSessions(new PageContext(controls, new FrameStats(time), new Notices(), () => source, time));
    }

    private static Preset Difference { get; } = PresetFile.Read(RepositoryFiles.PathOf("presets", "temporal-difference.json"));

    [Fact]
    public void Thumbnail_OfTheSeed_IsWhatPlainLoopsMakeOfTheSmallImage()
    {
        using PageSession page = sessions.Open(PageRole.Guest, new PageRates(time), () => { });
        byte[] image = Show(5);

        JsonElement answer = Ask(page, """{"thumbnail":"seed"}""");

        byte[] small = Halved(image);
        JsonElement map = answer.GetProperty("maps")[0];
        Assert.Equal((Width / 2, Height / 2), (map.GetProperty("width").GetInt32(), map.GetProperty("height").GetInt32()));
        Assert.Equal(VerticalEdges(small, Width / 2, Height / 2), map.GetProperty("pixels").GetBytesFromBase64());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("refused").ValueKind);
    }

    [Fact]
    public void Thumbnail_OfKernelsOverTime_SeesTheImagesOfTheLastRequests()
    {
        using PageSession page = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
        byte[] first = Halved(Show(5));
        Ask(page, """{"thumbnail":"temporal-difference"}""");
        time.Advance(TimeSpan.FromSeconds(1));
        byte[] second = Halved(Show(6));

        JsonElement map = Ask(page, """{"thumbnail":"temporal-difference"}""").GetProperty("maps")[0];
        byte[] left = map.GetProperty("pixels").GetBytesFromBase64();

        Assert.Equal(first.Zip(second, (a, b) => (byte)Math.Min(255, 2 * Math.Abs(b - a))), left);
    }

    [Fact]
    public void Thumbnail_WithoutImageOrPreset_IsRefused()
    {
        using PageSession page = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });

        Assert.Contains("no image", Ask(page, """{"thumbnail":"seed"}""").GetProperty("refused").GetString(), StringComparison.Ordinal);
        Show(5);
        Assert.Contains("no such", Ask(page, """{"thumbnail":"gone"}""").GetProperty("refused").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Thumbnails_OfALargeImage_AreSmall()
    {
        using PageSession page = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
        Show(5, 1921, 1081);

        JsonElement map = Ask(page, """{"thumbnail":"seed"}""").GetProperty("maps")[1];

        Assert.InRange(map.GetProperty("width").GetInt32(), 100, 160);
        Assert.InRange(map.GetProperty("height").GetInt32(), 60, 160);
    }

    [Theory]
    [InlineData("seed", "edges")]
    [InlineData("blur", "smoothing")]
    [InlineData("stride-1", "edges")]
    [InlineData("stride-2", "sampling")]
    [InlineData("upsample-transposed", "sampling")]
    [InlineData("canny", "layers")]
    [InlineData("ball-or-bat", "layers")]
    [InlineData("temporal-16", "time")]
    public void Group_OfAShippedPreset_IsWhatItDoes(string name, string group)
    {
        controls.Preset = PresetFile.Read(RepositoryFiles.PathOf("presets", $"{name}.json"));
        using PageSession page = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });

        Assert.Equal(group, Read(page, "state").GetProperty("preset").GetProperty("group").GetString());
    }

    [Fact]
    public void Edits_StayUntilTheyAreThrownAway()
    {
        using PageSession page = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
        Edit(page, "Mine", 1);
        Edit(page, "Mine", 2);
        string first = controls.Preset.Id;
        Send(page, """{"preset":"temporal-difference"}""");
        Edit(page, "Other", 3);
        string second = controls.Preset.Id;

        Assert.Equal([first, second], Edits(page));
        Send(page, $$"""{"preset":"{{first}}"}""");
        Assert.Equal(2, controls.Preset.Bank!.Filters[0].Kernel[0, 0]);
        Send(page, $$"""{"discard":"{{second}}"}""");
        Assert.Equal(first, controls.Preset.Id);
        Assert.Equal([first], Edits(page));
        Send(page, $$"""{"discard":"{{first}}"}""");
        Assert.Equal("seed", controls.Preset.Id);
        Assert.Empty(Edits(page));
    }

    [Fact]
    public void Edits_BeyondTheMaximum_TakeThePlaceOfTheOldest()
    {
        using PageSession page = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
        for (int i = 0; i <= PresetEdits.Max; i++)
        {
            Edit(page, $"Mine {i}", i);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(PresetEdits.Max, Edits(page).Count);
        Assert.Equal($"Mine {PresetEdits.Max}", controls.Preset.Name);
    }

    [Fact]
    public void Discard_ByAGuest_IsRefused()
    {
        using PageSession presenter = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
        using PageSession guest = sessions.Open(PageRole.Guest, new PageRates(time), () => { });
        Edit(presenter, "Mine", 1);

        Send(guest, $$"""{"discard":"{{controls.Preset.Id}}"}""");

        Assert.Single(Edits(presenter));
        Assert.Contains("only the presenter", Read(guest, "notice").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        sessions.Dispose();
        frames.Dispose();
        maps.Dispose();
    }

    private static void Send(PageSession page, string message) => page.Receive(Encoding.UTF8.GetBytes(message));

    private static void Edit(PageSession page, string name, int weight) => Send(
        page, $$$"""{"edit":{"version":1,"name":"{{{name}}}","vertical":[[{{{weight}}}]],"horizontal":[[1]]}}""");

    private static JsonElement Ask(PageSession page, string message)
    {
        Send(page, message);
        return Read(page, "thumbnail");
    }

    private static JsonElement Read(PageSession page, string type)
    {
        while (page.NextText() is { } text)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.GetProperty("type").GetString() == type)
            {
                return document.RootElement.Clone();
            }
        }

        throw new InvalidOperationException($"there is no {type}");
    }

    // Those that the whole state has, as a page that is opened now gets it.
    private List<string?> Edits(PageSession page)
    {
        Assert.NotNull(page.NextText());
        using PageSession newcomer = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
        return [.. Read(newcomer, "state").GetProperty("edits").EnumerateArray().Select(edit => edit.GetProperty("id").GetString())];
    }

    // Means of squares of two by two, a half rounded up.
    private static byte[] Halved(byte[] image)
    {
        byte[] small = new byte[Width / 2 * (Height / 2)];
        for (int y = 0; y < Height / 2; y++)
        {
            for (int x = 0; x < Width / 2; x++)
            {
                int at = (2 * y * Width) + (2 * x);
                small[(y * (Width / 2)) + x] = (byte)((image[at] + image[at + 1] + image[at + Width] + image[at + Width + 1] + 2) / 4);
            }
        }

        return small;
    }

    private static byte[] VerticalEdges(byte[] image, int width, int height)
    {
        byte[] map = new byte[image.Length];
        for (int i = 0; i < map.Length; i++)
        {
            (int y, int x) = (i / width, i % width);
            int sum = 0;
            for (int row = y - 1; row <= y + 1; row++)
            {
                sum += At(row, x - 1) - At(row, x + 1);
            }

            map[i] = (byte)Math.Min(255, Math.Abs(sum));
        }

        return map;

        int At(int row, int column) => image[(Mirror(row, height) * width) + Mirror(column, width)];
    }

    private static int Mirror(int at, int length) => at < 0 ? -at : at >= length ? (2 * length) - 2 - at : at;

    private byte[] Show(int seed, int width = Width, int height = Height)
    {
        byte[] image = new byte[width * height];
        new Random(seed).NextBytes(image);
        Frame frame = frames.TryRent()!;
        frame.Resize(width, height);
        frame.CaptureTimestamp = time.GetTimestamp();
        for (int y = 0; y < height; y++)
        {
            image.AsSpan(y * width, width).CopyTo(frame.Luma.Row(y));
        }

        EdgeMaps edges = maps.TryRent()!;
        using var workers = new WorkerPool(1);
        edges.Compute(frame, Preset.Seed, workers);
        sessions.Show(edges);
        return image;
    }
}

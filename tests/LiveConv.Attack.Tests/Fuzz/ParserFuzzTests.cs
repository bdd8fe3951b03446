using System.Diagnostics;
using System.Text;
using LiveConv.App;
using LiveConv.Media;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Attack.Tests;

/// <summary>
/// Every parser of bytes from outside, with mutations of right inputs: it takes them or says why not, soon, and nothing else happens.
/// LIVECONV_FUZZ_SECONDS sets the time for each, LIVECONV_FUZZ_SEED repeats a run.
/// </summary>
public sealed class ParserFuzzTests : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Setting("LIVECONV_FUZZ_SECONDS") ?? 3);
    private static readonly TimeSpan MaxOne = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Parsers =>
        ["messages", "presets", "kernel texts", "y4m", "nut", "arrays", "notes", "lists", "reports"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Parser_OfMutations_TakesThemOrSaysWhyNot(string parser)
    {
        (byte[][] corpus, Action<byte[]> parse) = Of(parser);
        Array.ForEach(corpus, parse);
        int seed = Setting("LIVECONV_FUZZ_SEED") ?? Environment.TickCount;
        var mutator = new Mutator(corpus, new Random(seed));
        var all = Stopwatch.StartNew();
        int count = 0;
        for (; all.Elapsed < Time; count++)
        {
            byte[] bytes = mutator.Next();
            var one = Stopwatch.StartNew();
            try
            {
                parse(bytes);
            }
            catch (Exception e) when (IsRefusal(e))
            {
                // It said why not.
            }
            catch (Exception e)
            {
                Assert.Fail($"{parser}, seed {seed}, input {count}: {e.GetType().Name} for {Convert.ToBase64String(bytes)}: {e}");
            }

            Assert.True(one.Elapsed < MaxOne, $"{parser}, seed {seed}, input {count}: {one.Elapsed} for {Convert.ToBase64String(bytes)}");
        }

        Assert.True(count > 100, $"{count} inputs only");
    }

    // What the callers of the parsers turn into a line.
    private static bool IsRefusal(Exception e) =>
        e is LiveConvException or FormatException or InvalidDataException or KernelTextException or EndOfStreamException;

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : null;

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private (byte[][] Corpus, Action<byte[]> Parse) Of(string parser) => parser switch
    {
        "messages" => (MessageCorpus, Message()),
        "presets" => (PresetCorpus, bytes => PresetFile.Parse(bytes, "fuzz.json")),
        "kernel texts" => (TextCorpus, bytes => KernelText.Read(Encoding.UTF8.GetString(bytes))),
        "y4m" => (Y4mCorpus, ReadY4m),
        "nut" => (NutCorpus, ReadNut),
        "arrays" => (ArrayCorpus, ReadArray),
        "notes" => (Bytes(Notes), ReadNotes),
        "lists" => (ListCorpus, ReadList),
        _ => (ReportCorpus, bytes => FFmpegReport.Read(Lines(bytes))),
    };

    private static byte[][] MessageCorpus => Bytes(
        """{"drawn":1}""", """{"late":2}""", """{"key":"p"}""", """{"preset":"seed"}""", """{"show":["vertical","camera"]}""",
        """{"edit":{"version":1,"name":"E","vertical":[[1,2,1]],"horizontal":[[1],[0],[-1]],"gain":0.5,"border":"mirror"}}""",
        """{"presetFile":{"version":1,"name":"E","layers":[{"kernels":[{"weights":[[1,2]]}],"activation":"relu"}]}}""",
        """{"kernelText":{"map":0,"text":"np.outer([1,2,1],[1,0,-1])","operation":"correlation","response":"abs","border":"mirror"}}""",
        """{"kernelCopy":{"map":0,"dialect":"c","weights":[[1]],"anchor":null,"operation":"convolution","response":"abs","gain":1}}""",
        """{"xray":{"map":1,"x":3,"y":4}}""", """{"learn":{"map":0,"width":3,"height":3}}""", """{"learn":null}""",
        """{"camera":{"width":64,"height":48}}""", """{"camera":null}""");

    private static byte[][] PresetCorpus =>
        [.. Directory.GetFiles(PresetLibrary.DefaultDirectory, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(File.ReadAllBytes)];

    private static byte[][] TextCorpus => Bytes(
        "[[1, 0, -1], [2, 0, -2]]", "np.outer([1, 2, 1], [1, 0, -1]) / 4", "3x3: 1,0,-1 1,0,-1 1,0,-1", "[1 0 -1; 2 0 -2; 1 0 -1]",
        "cv::Mat k = (cv::Mat_<float>(3,3) << 1, 0, -1, 2, 0, -2, 1, 0, -1);", "static const int k[3][3] = {{1,0,-1},{1,0,-1},{1,0,-1}};",
        "convolution='1 1 1 0 0 0 -1 -1 -1:1 1 1 1 1 1 1 1 1:0m:0m:1:1:1:1'", "Gaussian:0x2", "Sobel:45", "fspecial('log', 5, 0.6)",
        "a = [[1, 0, -1]]\nnp.array(a * 3)", "1 0 -1\n1 0 -1\n1 0 -1");

    private static byte[][] Y4mCorpus =>
    [
        [.. "YUV4MPEG2 W16 H8 F25:1 Ip A1:1 Cmono\n"u8, .. "FRAME\n"u8, .. new byte[128], .. "FRAME\n"u8, .. new byte[128]],
        [.. "YUV4MPEG2 W16 H8 F30000:1001 C420jpeg XYSCSS=420JPEG\n"u8, .. "FRAME Ixyz\n"u8, .. new byte[192]],
        [.. "YUV4MPEG2 W4 H4 F25:1 C420p10\n"u8, .. "FRAME\n"u8, .. new byte[48]],
    ];

    private static byte[][] NutCorpus
    {
        get
        {
            // A start of what FFmpeg writes: the signature, a main header and a stream header whose checksums are not looked at.
            byte[] signature = [.. "nut/multimedia container\0"u8];
            byte[] main = [(byte)'N', (byte)'M', 0x7A, 0x56, 0x1F, 0x5F, 0x04, 0xAD, 24, 3, 1, 127, 1, 1, 0x90, 0, .. new byte[16]];
            byte[] stream = [(byte)'N', (byte)'S', 0x11, 0x40, 0x5B, 0xF2, 0xF9, 0xDB, 24, 0, 0, 4, .. "Y800"u8, .. new byte[16]];
            return [[.. signature, .. main, .. stream, .. new byte[64]], [.. signature, .. main], signature];
        }
    }

    private static byte[][] ArrayCorpus =>
    [
        NpyFile.Write(new NumberArray([1, 2, 3, 4], [2, 2]), ElementType.Float32),
        NpyFile.Write(new NumberArray([1, 2, 3, 4, 5, 6], [1, 2, 3]), ElementType.Int16),
        PgmFile.Write(new NumberArray([1, 2, 3, 4], [2, 2])),
        PngFile.Write(new NumberArray([.. Enumerable.Range(0, 64)], [8, 8])),
        [.. "P2\n# x\n2 2\n255\n1 2 3 4\n"u8],
    ];

    private const string Notes = """
        {"liveconv":"0.2","width":4,"height":4,"constantRate":null,"source":{"times":"own"},"frames":[0,40],"drops":[{"cause":"superseded",
        "frames":1,"beforeFrame":1,"at":20,"until":20}],"presets":[{"fromFrame":0,"id":"seed","preset":{"version":1,"name":"S",
        "vertical":[[1]],"horizontal":[[1]]}}],"complete":true,"endedBy":null}
        """;

    private static byte[][] ListCorpus => Bytes(
        "[dshow @ 0x1] \"USB Camera\" (video)\n[dshow @ 0x1]   Alternative name \"@device_pnp_\\\\?\\usb#vid_046d\"\n",
        "[dshow @ 0x1]   pixel_format=yuyv422  min s=640x480 fps=5 max s=1280x720 fps=30\n"
        + "[dshow @ 0x1]   vcodec=mjpeg  min s=1x1 fps=1 max s=9x9 fps=60.0002\n",
        "[AVFoundation indev @ 0x1] AVFoundation video devices:\n[AVFoundation indev @ 0x1] [0] FaceTime HD Camera\n",
        "[avfoundation @ 0x1]   1280x720@[15.000000 30.000000]fps\n");

    private static byte[][] ReportCorpus => Bytes(
        "Input #0, mov,mp4, from 'a.mp4':\n  Duration: 00:00:07.60, start: 0.000000, bitrate: 98 kb/s\n"
        + "  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), 640x360 [SAR 1:1 DAR 16:9], "
        + "95 kb/s, 25 fps, 25 tbr, 12800 tbn (default)\nStream mapping:\n"
        + "  Stream #0:0 -> #0:0 (h264 (native) -> rawvideo (native))\nOutput #0, nut, to 'pipe:1':\n");

    private static string[] Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n');

    private static Action<byte[]> Message()
    {
        var time = new SteppingTime();
        var controls = new LiveControls([Preset.Seed], Preset.Seed);
        var source = new SourceInfo("test", new SourceMode(), new SourceMode());
        var sessions = new PageSessions(new PageContext(controls, new FrameStats(time), new Notices(), () => source, time));
        return bytes =>
        {
            // A session for each: a fault of one that was held back would be another's.
            time.Step();
            using PageSession session = sessions.Open(PageRole.Presenter, () => { });
            try
            {
                session.Receive(bytes);
            }
            catch (FormatException e) when (e.Message.Contains("is not in flight", StringComparison.Ordinal))
            {
                // No image was sent.
            }

            while (session.NextText() is not null)
            {
            }
        };
    }

    private static void ReadY4m(byte[] bytes)
    {
        using var source = new Y4mSource("fuzz", new MemoryStream(bytes), new SourceMode(), TimeProvider.System);
        source.Open(CancellationToken.None);
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        while (source.Read(frame))
        {
        }
    }

    private static void ReadNut(byte[] bytes)
    {
        using var reader = new NutReader(new MemoryStream(bytes));
        try
        {
            bool isOpen = reader.ReadHeaders();
            while (isOpen && reader.NextFrame(out NutFrame frame) && reader.ReadData(new byte[(int)Math.Clamp(frame.Size, 0, 1 << 20)]))
            {
            }
        }
        catch (InvalidDataException) when (bytes.AsSpan().StartsWith("nut/"u8))
        {
            // The corpus is nearly right, too.
        }
    }

    private static void ReadArray(byte[] bytes) =>
        _ = PgmFile.Is(bytes) ? PgmFile.Read(bytes) : PngFile.Is(bytes) ? PngFile.Read(bytes)
            : ForeignFile.Describe(bytes) is { } other ? throw new FormatException(other) : NpyFile.Read(bytes);

    private static void ReadList(byte[] bytes)
    {
        string[] lines = Lines(bytes);
        _ = DirectShow.Devices(lines);
        _ = DirectShow.Modes(lines);
        _ = AvFoundation.Devices(lines);
        _ = AvFoundation.Modes(lines);
    }

    private void ReadNotes(byte[] bytes)
    {
        string path = Path.Combine(folder.Path, "a.y4m.json");
        File.WriteAllBytes(path, bytes);
        File.WriteAllText(Path.Combine(folder.Path, "a.y4m"), "");
        _ = RecordedPreset.ReadAll(path)?.Select(preset => preset.ToPreset()).ToArray();
        _ = SidecarDocument.Read(path, Path.Combine(folder.Path, "a.y4m"));
    }

    private sealed class SteppingTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public void Step() => Interlocked.Add(ref now, TimeSpan.TicksPerSecond);
    }
}

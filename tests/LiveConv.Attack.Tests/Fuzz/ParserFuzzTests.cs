using System.Diagnostics;
using System.Text;
using LiveConv.App;
using LiveConv.Media;
using LiveConv.Networks;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Xunit.Abstractions;

namespace LiveConv.Attack.Tests;

/// <summary>
/// Every parser of bytes from outside, with mutations of right inputs: it takes them or says why not, soon, and nothing else happens.
/// LIVECONV_FUZZ_SECONDS sets the time for each, LIVECONV_FUZZ_INPUTS a number, LIVECONV_FUZZ_SEED repeats a run. What tests/fuzz runs is
/// instrumented: there an input that takes a new way through the code is changed further.
/// </summary>
public sealed class ParserFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Setting("LIVECONV_FUZZ_SECONDS") ?? 3);
    private static readonly TimeSpan MaxOne = TimeSpan.FromSeconds(10);
    private static readonly int MinInputs = Setting("LIVECONV_FUZZ_INPUTS") ?? 0;
    private readonly TemporaryFolder folder = new();
    private readonly WireTargets wire = new();

    public static TheoryData<string> Parsers =>
        ["messages", "presets", "kernel texts", "y4m", "nut", "arrays", "notes", "lists", "reports", "pnm", "playlists", "heads", "rtsp",
            "frames", "starts", "jpeg", "networks"];

    public void Dispose()
    {
        wire.Dispose();
        folder.Dispose();
    }

    [SkippableTheory]
    [MemberData(nameof(Parsers))]
    public void Parser_OfMutations_TakesThemOrSaysWhyNot(string parser)
    {
        (byte[][] corpus, Action<byte[]> parse) = Of(parser);
        File.WriteAllText(Path.Combine(folder.Path, "a.y4m"), "");
        var coverage = new CodeCoverage();
        parse(corpus[0]);
        _ = coverage.TakeNew();
        int seed = Setting("LIVECONV_FUZZ_SEED") ?? Environment.TickCount;
        var mutator = new Mutator(corpus, new Random(seed));
        var all = Stopwatch.StartNew();
        int count = 0;
        for (; all.Elapsed < Time || count < MinInputs; count++)
        {
            byte[] bytes = mutator.Next();
            string what = $"{parser}, seed {seed}, input {count}";
            TimeSpan time = TimeOf(parse, bytes, what);
            if (time > MaxOne)
            {
                // Other programs may have had the processors.
                time = TimeOf(parse, bytes, what);
            }

            if (coverage.TakeNew())
            {
                mutator.Keep(bytes);
            }

            Assert.True(time < MaxOne, $"{what}: {time} for {Convert.ToBase64String(bytes)}");
        }

        output.WriteLine(coverage.Branches == 0
            ? $"{parser}, seed {seed}: {count} inputs"
            : $"{parser}, seed {seed}: {count} inputs, {coverage.Branches} branches, {mutator.Kept} inputs that differ");
        Assert.True(count > 10, $"{count} inputs only");
    }

    private static TimeSpan TimeOf(Action<byte[]> parse, byte[] bytes, string what)
    {
        var watch = Stopwatch.StartNew();
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
            Assert.Fail($"{what}: {e.GetType().Name} for {Convert.ToBase64String(bytes)}: {e}");
        }

        return watch.Elapsed;
    }

    // What the callers of the parsers turn into a line.
    private static bool IsRefusal(Exception e) =>
        e is LiveConvException or FormatException or InvalidDataException or KernelTextException or EndOfStreamException
            or NetworkException;

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : null;

    private (byte[][] Corpus, Action<byte[]> Parse) Of(string parser) => parser switch
    {
        "messages" => (Corpora.Messages, Message()),
        "presets" => (Corpora.Presets, bytes => PresetFile.Parse(bytes, "fuzz.json")),
        "kernel texts" => (Corpora.KernelTexts, bytes => KernelText.Read(Encoding.UTF8.GetString(bytes))),
        "y4m" => (Corpora.Y4m, ReadY4m),
        "nut" => (Corpora.Nut, ReadNut),
        "arrays" => (Corpora.Arrays, ReadArray),
        "notes" => (Corpora.Notes, ReadNotes),
        "lists" => (Corpora.Lists, ReadList),
        "pnm" => (Corpora.Pnm, bytes => _ = PnmHeader.FaultOf(Written(bytes, "a.pgm"))),
        "playlists" => (Corpora.Playlists, bytes => LocalPlaylist.FormatOf(Written(bytes, "list.m3u8"))),
        "heads" => (Corpora.Heads, ReadHeads),
        "rtsp" => (Corpora.Answers, wire.ReadAnswers),
        "frames" => (Corpora.Frames, WireTargets.ReadFrames),
        "starts" => (Corpora.Starts, wire.ReadStart),
        "jpeg" => (Corpora.Jpeg(), wire.ReadJpeg),
        "networks" => (Corpora.Networks(), bytes => Network.Read(bytes, Corpora.SmallNetworks)),
        _ => (Corpora.Reports, ReadReports),
    };

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
            using PageSession session = sessions.Open(PageRole.Presenter, new PageRates(time), () => { });
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

    private static void ReadHeads(byte[] bytes)
    {
        var reader = new HeadReader(new MemoryStream(bytes));
        while (reader.HeadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } lines)
        {
            _ = HttpHead.Parse(lines)?.ToServer();
        }
    }

    // All that FFmpeg writes to standard error.
    private static void ReadReports(byte[] bytes)
    {
        string[] lines = Lines(bytes);
        var input = FFmpegInput.Url("http://camera/live");
        _ = FFmpegReport.Read(lines);
        _ = FFmpegError.Explain(input, lines);
        if (FFmpegError.Telling(lines) is not null)
        {
            _ = FFmpegError.FindDamage(input, lines);
        }

        var formats = new FFmpegFormats();
        Array.ForEach(lines, line => formats.Take(line));
    }

    private void ReadNotes(byte[] bytes)
    {
        string path = Written(bytes, "a.y4m.json");
        _ = RecordedPreset.ReadAll(path)?.Select(preset => preset.ToPreset()).ToArray();
        _ = SidecarDocument.Read(path, Path.Combine(folder.Path, "a.y4m"));
    }

    private string Written(byte[] bytes, string name)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private sealed class SteppingTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public void Step() => Interlocked.Add(ref now, TimeSpan.TicksPerSecond);
    }
}

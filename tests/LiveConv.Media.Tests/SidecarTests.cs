using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media.Tests;

public sealed class SidecarTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FrameStats stats = new(TimeProvider.System);
    private readonly Notices notices = new();
    private readonly MapMaker maker = new(64, 48);

    public void Dispose()
    {
        maker.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Verify_NotesInUtf16_SaysSaveThemAsUtf8()
    {
        File.WriteAllText(directory.File("a.y4m"), "video");
        File.WriteAllText(directory.File("a.y4m.json"), "{}", System.Text.Encoding.Unicode);

        Assert.EndsWith(
            "a.y4m.json, line 1: the file is UTF-16; save it as UTF-8",
            Assert.Throws<PresetException>(() => RecordingCheck.Run(directory.File("a.y4m"), CancellationToken.None)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_SwapAndDrops_AreNoted()
    {
        string path = directory.File("a.y4m");
        var other = new Preset("other", "Other", new FilterBank(
            Operation.Convolution,
            BorderMode.Replicate,
            new Filter(new Kernel(new float[,] { { 1, -1 } }), Response.Positive, 2),
            new Filter(new Kernel(new float[,] { { 1 }, { -1 } }), Response.Positive, 2)));
        await RecordAsync(path, 30, i => i < 20 ? Preset.Seed : other, before: (i, recorder) =>
        {
            if (i == 7)
            {
                recorder.OnGap(Missing(DropCause.RecorderBusy, 4, 250, 270));
            }
        });

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
        JsonElement root = json.RootElement;
        Assert.Equal(30, root.GetProperty("frames").GetArrayLength());
        Assert.Equal(40, root.GetProperty("frames")[1].GetDouble());
        Assert.True(root.GetProperty("complete").GetBoolean());
        Assert.Equal(
            (128, "both", "25/1"),
            (root.GetProperty("width").GetInt32(), root.GetProperty("what").GetString(), root.GetProperty("constantRate").GetString()));
        JsonElement drop = Assert.Single(root.GetProperty("drops").EnumerateArray());
        Assert.Equal(
            ("recorderBusy", 4, 7),
            (drop.GetProperty("cause").GetString(), drop.GetProperty("frames").GetInt32(), drop.GetProperty("beforeFrame").GetInt32()));
        Assert.Equal((250, 270), (drop.GetProperty("at").GetDouble(), drop.GetProperty("until").GetDouble()));
        Assert.Equal((0, 0), (root.GetProperty("repeated").GetInt32(), root.GetProperty("leftOut").GetInt32()));
        Assert.Equal(["seed", "other"], root.GetProperty("presets").EnumerateArray().Select(p => p.GetProperty("id").GetString()));
        JsonElement second = root.GetProperty("presets")[1];
        JsonElement preset = second.GetProperty("preset");
        Assert.Equal(
            (20, "convolution", "replicate"),
            (second.GetProperty("fromFrame").GetInt32(), preset.GetProperty("operation").GetString(), preset.GetProperty("border")
            .GetString()));
        Assert.Equal("[[1,-1]]", preset.GetProperty("vertical").GetRawText());
        Assert.Equal("test", root.GetProperty("source").GetProperty("name").GetString());
    }

    [SkippableTheory]
    [InlineData("a.mkv", false)]
    [InlineData("a.mkv", true)]
    [InlineData("a.mp4", false)]
    [InlineData("a.avi", false)]
    [InlineData("a.y4m", false)]
    public async Task Check_WhatWasRecorded_IsGood(string name, bool lossless)
    {
        Tools.NeedFFmpeg();
        string path = directory.File(name);
        await RecordAsync(path, 40, _ => Preset.Seed, lossless);

        RecordingCheckResult result = RecordingCheck.Run(path, CancellationToken.None);

        Assert.Empty(result.Faults);
        Assert.Equal((40, 1560.0), (result.Frames, result.Duration.TotalMilliseconds));
    }

    [Fact]
    public async Task Check_FileCutOff_TellsWhatIsMissing()
    {
        string path = directory.File("a.y4m");
        await RecordAsync(path, 10, _ => Preset.Seed);
        using (FileStream file = File.Open(path, FileMode.Open))
        {
            file.SetLength(file.Length * 6 / 10);
        }

        RecordingCheckResult result = RecordingCheck.Run(path, CancellationToken.None);

        Assert.Contains("5 frames play; 10 are noted", result.Faults);
        Assert.Contains("5 frames between 0.200 s and 0.360 s are noted but do not play", result.Faults);
        Assert.Contains(result.Faults, fault => fault.Contains("in the middle of frame 5", StringComparison.Ordinal));
    }

    // Frames of one moment, and frames that come late and then in a burst, have no gap where one of them was superseded. The same notes
    // are wrong where frames come evenly.
    [SkippableTheory]
    [InlineData("twins", true)]
    [InlineData("hiccup", true)]
    [InlineData("even", false)]
    public async Task Check_DropInABurst_NeedsNoGap(string source, bool isGood)
    {
        Tools.NeedFFmpeg();
        string path = directory.File("a.mkv");
        double[] times = [.. Enumerable.Range(0, 60).Select(i => 66.0 * i)];
        times = source switch
        {
            // Of each 15 frames the last three come at once.
            "twins" => [.. times.Select((_, i) => (66.0 * ((i / 15 * 15) + Math.Min(i % 15, 12))) + Math.Max(0, (i % 15) - 12))],
            "hiccup" => [.. times.Select((time, i) => i is >= 27 and < 31 ? (66.0 * 31) - 62 + (4 * (i - 27)) : time)],
            _ => times,
        };

        // The last but one of the burst is missing.
        int place = source == "hiccup" ? 29 : 28;
        double[] left = [.. times.Where((_, i) => i != place || source == "even")];
        double at = times[place] - (source == "even" ? 33 : 0);
        await RecordAsync(
            path,
            left.Length,
            _ => Preset.Seed,
            timeOf: i => left[i],
            before: (i, recorder) =>
            {
                if (i == place)
                {
                    recorder.OnGap(Missing(DropCause.Superseded, 1, at, at));
                }
            });

        RecordingCheckResult result = RecordingCheck.Run(path, CancellationToken.None);

        Assert.True(isGood == result.IsGood, string.Join('\n', result.ToLines()));
    }

    // A gap of three frames at 400 ms; what is noted of it is right, or too much, or elsewhere.
    [SkippableTheory]
    [InlineData(10, 3, 400, 480, true)]
    [InlineData(10, 9, 400, 480, false)]
    [InlineData(15, 3, 400, 480, false)]
    [InlineData(20, 3, 800, 880, true)]
    public async Task Check_NotedGap_IsLookedForInTheFile(int place, long count, double first, double last, bool isGood)
    {
        Tools.NeedFFmpeg();
        string path = directory.File("a.mkv");
        await RecordAsync(
            path,
            20,
            _ => Preset.Seed,
            timeOf: i => i < 10 ? 40 * i : 40 * (i + 3),
            before: (i, recorder) =>
            {
                if (i == Math.Min(place, 19))
                {
                    recorder.OnGap(Missing(DropCause.RecorderBusy, count, first, last));
                }
            });
        if (place == 20)
        {
            // At the end, where no later frame shows how long the gap is.
            string notes = File.ReadAllText(path + ".json");
            File.WriteAllText(path + ".json", notes.Replace("\"beforeFrame\":19", "\"beforeFrame\":20", StringComparison.Ordinal));
        }

        RecordingCheckResult result = RecordingCheck.Run(path, CancellationToken.None);

        Assert.Equal(isGood, result.IsGood);
        Assert.All(
            result.Faults,
            fault => Assert.Contains("frames are noted as missing (recorderBusy) before frame", fault, StringComparison.Ordinal));
        Assert.Equal(count, result.Lost["recorderBusy"]);
    }

    [SkippableFact]
    public async Task Check_DamagedPixels_AreAFault()
    {
        Tools.NeedFFmpeg();
        string path = directory.File("a.mkv");
        await RecordAsync(path, 20, _ => Preset.Seed, lossless: true);
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length / 2, 64).Fill(0x55);
        File.WriteAllBytes(path, bytes);

        RecordingCheckResult result = RecordingCheck.Run(path, CancellationToken.None);

        Assert.Contains(result.Faults, fault => fault.Contains("damaged", StringComparison.Ordinal));
    }

    // In the notes on a full disk the newest frames may be missing; whole JSON they are always.
    [SkippableFact]
    public async Task Record_NotesOnAFullDisk_StayWholeJson()
    {
        using var disk = new SmallDisk(directory.File("disk"), "200k");
        string path = Path.Combine(disk.Directory, "a.y4m");
        await using IMapSink recorder = Factory(path, lossless: false).Start(maker.Next(default));
        LiveConvException? ended = null;
        for (int i = 0; ended is null; i++)
        {
            ended = await Record.ExceptionAsync(
                async () => await recorder.AcceptAsync(maker.Next(TimeSpan.FromMilliseconds(40 * i)))) as LiveConvException;
        }

        await recorder.DisposeAsync();
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
        Assert.StartsWith("the disk is full", json.RootElement.GetProperty("endedBy").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            new FileInfo(path).Length, HeaderLength(path) + (json.RootElement.GetProperty("frames").GetArrayLength() * (6 + (128 * 48))));
    }

    [Fact]
    public void Check_WithoutNotes_SaysSo()
    {
        string path = directory.File("a.y4m");
        File.WriteAllText(path, "YUV4MPEG2 W1 H1 F1:1 Cmono\n");

        Assert.Contains(
            "nothing to check", Assert.Throws<LiveConvException>(() => RecordingCheck.Run(path, CancellationToken.None)).Message,
            StringComparison.Ordinal);
    }

    // The program may be killed at any moment: the notes are whole JSON as soon as the first frame is in.
    [Fact]
    public async Task Record_StillRunning_NotesAreWholeJson()
    {
        string path = directory.File("a.y4m");
        await using IMapSink recorder = Factory(path, lossless: false).Start(maker.Next(default));
        await recorder.AcceptAsync(maker.Next(default));

        // They are still open for writing, which on Windows a reader must allow.
        await using var notes = new FileStream(path + ".json", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using JsonDocument json = await JsonDocument.ParseAsync(notes);
        Assert.False(json.RootElement.GetProperty("complete").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("frames").GetArrayLength());
    }

    private static long HeaderLength(string path) => Array.IndexOf(File.ReadAllBytes(path), (byte)'\n') + 1;

    private RecorderFactory Factory(string path, bool lossless)
    {
        var context = new RecordingContext(
            () => new SourceInfo("test", new SourceMode(), new SourceMode(64, 48, 25, "GRAY8")), stats, TimeProvider.System, notices);
        return RecorderFactory.Create(new RecordingOptions(path) { Lossless = lossless }, context);
    }

    private static FrameGap Missing(DropCause cause, long count, double first, double last) =>
        new(cause, count, TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(last));

    private async Task RecordAsync(
        string path, int frames, Func<int, Preset> presetOf, bool lossless = false, Action<int, IMapSink>? before = null,
        Func<int, double>? timeOf = null)
    {
        IMapSink? recorder = null;
        for (int i = 0; i < frames; i++)
        {
            Preset preset = presetOf(i);
            EdgeMaps maps = maker.Next(TimeSpan.FromMilliseconds(timeOf?.Invoke(i) ?? 40 * i), preset: preset);
            recorder ??= Factory(path, lossless).Start(maps);
            before?.Invoke(i, recorder);
            await recorder.AcceptAsync(maps);
        }

        await recorder!.CompleteAsync();
        await recorder.DisposeAsync();
    }
}

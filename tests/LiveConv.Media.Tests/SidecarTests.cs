using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;

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
    public async Task Record_SwapAndDrops_AreNoted()
    {
        string path = directory.File("a.y4m");
        var other = new Preset("other", "Other", new FilterBank(
            Operation.Convolution,
            BorderMode.Replicate,
            new Filter(new Kernel(new float[,] { { 1, -1 } }), Response.Positive, 2),
            new Filter(new Kernel(new float[,] { { 1 }, { -1 } }))));
        await RecordAsync(path, 30, i =>
        {
            if (i == 7)
            {
                stats.CountDropped(DropCause.RecorderBusy);
                stats.CountDropped(DropCause.RecorderBusy, 3);
                stats.CountDropped(DropCause.DisplayBusy);
            }

            return i < 20 ? Preset.Seed : other;
        });

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
        JsonElement root = json.RootElement;
        Assert.Equal(30, root.GetProperty("frames").GetArrayLength());
        Assert.Equal(40, root.GetProperty("frames")[1].GetDouble());
        Assert.True(root.GetProperty("complete").GetBoolean());
        Assert.Equal((128, "both", "25/1"), (root.GetProperty("width").GetInt32(), root.GetProperty("what").GetString(), root.GetProperty("constantRate").GetString()));
        JsonElement drop = Assert.Single(root.GetProperty("drops").EnumerateArray());
        Assert.Equal(("recorderBusy", 4, 7), (drop.GetProperty("cause").GetString(), drop.GetProperty("frames").GetInt32(), drop.GetProperty("beforeFrame").GetInt32()));
        Assert.Equal(["seed", "other"], root.GetProperty("presets").EnumerateArray().Select(p => p.GetProperty("id").GetString()));
        JsonElement second = root.GetProperty("presets")[1];
        Assert.Equal((20, "convolution", "replicate"), (second.GetProperty("fromFrame").GetInt32(), second.GetProperty("operation").GetString(), second.GetProperty("border").GetString()));
        Assert.Equal("[[1,-1]]", second.GetProperty("vertical").GetProperty("kernel").GetRawText());
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
        Assert.Contains(result.Faults, fault => fault.Contains("in the middle of frame 5", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_WithoutNotes_SaysSo()
    {
        string path = directory.File("a.y4m");
        File.WriteAllText(path, "YUV4MPEG2 W1 H1 F1:1 Cmono\n");

        Assert.Contains("nothing to check", Assert.Throws<LiveConvException>(() => RecordingCheck.Run(path, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    // The program may be killed at any moment: the notes are whole JSON as soon as the first frame is in.
    [Fact]
    public async Task Record_StillRunning_NotesAreWholeJson()
    {
        string path = directory.File("a.y4m");
        await using IMapSink recorder = Factory(path, lossless: false).Start(maker.Next(default));
        await recorder.AcceptAsync(maker.Next(default));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
        Assert.False(json.RootElement.GetProperty("complete").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("frames").GetArrayLength());
    }

    private RecorderFactory Factory(string path, bool lossless)
    {
        var context = new RecordingContext(
            () => new SourceInfo("test", new SourceMode(), new SourceMode(64, 48, 25, "GRAY8")), stats, TimeProvider.System, notices);
        return RecorderFactory.Create(new RecordingOptions(path) { Lossless = lossless }, context);
    }

    private async Task RecordAsync(string path, int frames, Func<int, Preset> presetOf, bool lossless = false)
    {
        IMapSink? recorder = null;
        for (int i = 0; i < frames; i++)
        {
            Preset preset = presetOf(i);
            EdgeMaps maps = maker.Next(TimeSpan.FromMilliseconds(40 * i), preset: preset);
            recorder ??= Factory(path, lossless).Start(maps);
            await recorder.AcceptAsync(maps);
        }

        await recorder!.CompleteAsync();
        await recorder.DisposeAsync();
    }
}

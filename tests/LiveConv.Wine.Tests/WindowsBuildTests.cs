using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveConv.Wine.Tests;

/// <summary>What a Windows user does first, with nothing installed: no FFmpeg, no OpenCV, no SDL, no libturbojpeg.</summary>
[Collection(WindowsBuild.Measured)]
public sealed class WindowsBuildTests(WindowsBuild build) : IDisposable
{
    private static readonly string[] Scene = ["--source", "test", "--size", "160x120"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Scene_IsFilteredAndReported()
    {
        WineProcess.Ended ended = await RunAsync([.. Scene, "--view", "none", "--frames", "30", "--stats", "json"]);

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        Assert.Equal(30, report.RootElement.GetProperty("frames").GetProperty("out").GetInt64());
    }

    [SkippableFact]
    public async Task DefaultSource_WithoutFFmpeg_SaysWhatIsMissingAndPlaysTheScene()
    {
        WineProcess.Ended ended = await RunAsync("--view", "none", "--frames", "5");

        Assert.Equal(0, ended.ExitCode);
        Assert.StartsWith("liveconv: OpenCV does not load (", ended.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(
            "liveconv: reading a camera needs ffmpeg, which was not found (winget install Gyan.FFmpeg, then open a new terminal). "
            + "Playing the test scene",
            ended.ErrorLines);
    }

    [SkippableTheory]
    [InlineData(1, "needs ffmpeg", "cameras")]
    [InlineData(1, "needs ffmpeg", "--source", "camera", "--view", "none")]
    [InlineData(1, "does not exist", "--source", "nothere.mp4", "--view", "none")]
    [InlineData(1, "OpenCV does not load (", "--source", "opencv:0", "--view", "none")]
    [InlineData(1, "OpenCV does not load (", "--source", "test", "--view", "opencv")]
    [InlineData(1, "needs ffmpeg", "--source", "camera:1", "--view", "none")]
    [InlineData(1, "OpenCV does not load (", "learn", "--preset", "seed", "--source", "opencv:0", "--size", "3x3")]
    [InlineData(1, "needs ffmpeg", "learn", "--preset", "seed", "--source", "camera", "--size", "3x3")]
    [InlineData(1, ".mkv and .y4m work without it", "--source", "test", "--view", "none", "--record", "a.avi")]
    [InlineData(1, "SDL 2", "--source", "test", "--view", "window")]
    [InlineData(2, "the device NUL", "--source", "test", "--view", "none", "--record", "nul.y4m")]
    [InlineData(2, "holds ?", "--source", "test", "--view", "none", "--record", "a?b.y4m")]
    [InlineData(2, "holds :", "--source", "test", "--view", "none", "--record", "12:30.y4m")]
    [InlineData(2, "holds :", "process", "in.y4m", "12:30.y4m")]
    [InlineData(2, "--output 12:30.npy holds :", "conv", "--input", "in.npy", "--weight", "w.npy", "--output", "12:30.npy")]
    [InlineData(2, "--output out/aux.npy is the device AUX", "conv", "--input", "in.npy", "--weight", "w.npy", "--output", "out/aux.npy")]
    [InlineData(2, "--output k|l.npy holds |", "learn", "--preset", "seed", "--size", "3x3", "--output", "k|l.npy")]
    [InlineData(2, "--plot loss*.svg holds *", "learn", "--preset", "seed", "--size", "3x3", "--plot", "loss*.svg")]
    [InlineData(2, "--output 12:30.json holds :", "preset", "import", "1 0 -1", "--output", "12:30.json")]
    [InlineData(2, "--output sobel:x.npy holds :", "preset", "export", "sobel", "--format", "npy", "--output", "sobel:x")]
    [InlineData(2, "--nonsense", "--nonsense")]
    public async Task Failure_IsOneLineAndItsExitCode(int code, string reason, params string[] arguments)
    {
        WineProcess.Ended ended = await RunAsync(arguments);

        Assert.Equal(code, ended.ExitCode);
        Assert.Contains(reason, ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.All(ended.ErrorLines, line => Assert.StartsWith("liveconv: ", line, StringComparison.Ordinal));
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [SkippableFact]
    public async Task Recording_WithLettersOfOtherLanguages_IsWrittenAndVerifiedByAPattern()
    {
        const string Name = "Prüfung – 映像.y4m";
        WineProcess.Ended recorded = await RunAsync([.. Scene, "--view", "none", "--frames", "30", "--record", Name]);
        WineProcess.Ended verified = await RunAsync("verify", "*.y4m");

        Assert.Equal(0, recorded.ExitCode);
        Assert.Contains($"to {Name}", recorded.ErrorLines[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.FullName, Name)));
        Assert.Equal(0, verified.ExitCode);
        Assert.StartsWith($"{Name}: good", verified.Output, StringComparison.Ordinal);
    }

    // The manifest asks for UTF-8 as the code page, so that OpenCV gets all letters: what fails is only its library, which is not here.
    [SkippableFact]
    public async Task FileForOpenCv_WithLettersOfOtherLanguages_IsNotRefusedForItsName()
    {
        const string Name = "Prüfung – 映像.avi";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, Name), "no video");

        WineProcess.Ended ended = await RunAsync("--source", "opencv:" + Name, "--view", "none");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("liveconv: OpenCV does not load (", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    // A frame at 64 fps takes 15.6 ms, as long as a tick of .NET's timers on Windows.
    [SkippableFact]
    public async Task Timers_OfTheClockOfRuns_AreDueToTheMillisecond()
    {
        WineProcess.Ended ended = await build.TryAsync(folder.FullName, "timers");

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Match measured = Regex.Match(ended.ErrorLines[^1], "^waitable True, own ([0-9.]+) ms, system ");
        Assert.True(measured.Success, ended.ErrorLines[^1]);
        Assert.InRange(double.Parse(measured.Groups[1].Value, CultureInfo.InvariantCulture), 0.9, 3);
    }

    // .NET's pipes hold 4 KiB there; FFmpeg writes 32 KiB at once.
    [SkippableFact]
    public async Task Pipe_OfAChild_DeliversWholeWrites()
    {
        WineProcess.Ended ended = await build.TryAsync(folder.FullName, "pipe");

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Match measured = Regex.Match(ended.ErrorLines[^1], "^64 writes, ([0-9]+) reads$");
        Assert.True(measured.Success, ended.ErrorLines[^1]);
        Assert.InRange(int.Parse(measured.Groups[1].Value, CultureInfo.InvariantCulture), 1, 130);
    }

    [SkippableFact]
    public async Task MediaFoundation_ListsCamerasByTheirNames()
    {
        WineProcess.Ended ended = await build.TryAsync(folder.FullName, "media-foundation", "集成摄像头");

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Assert.Equal("same True, absent True, left 0, cameras 0", ended.ErrorLines[^1]);
    }

    [SkippableFact]
    public async Task StandardInput_ThatAShellTurnedIntoText_IsRefused()
    {
        using WineProcess run = build.Start(folder.FullName, "--source", "-", "--view", "none");
        await run.WriteLineAsync("YUV4MPEG2 W64 H48 F25:1 Cmono\r");

        WineProcess.Ended ended = await run.EndAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("PowerShell", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Preset_ItsFileChanges_IsLoadedAgainOrStaysAsItWas()
    {
        string file = Path.Combine(folder.FullName, "kanten – 輪郭.json");
        string preset = await File.ReadAllTextAsync(RepositoryFiles.PathOf("presets", "sobel.json"));
        await File.WriteAllTextAsync(file, preset);
        using WineProcess run = build.Start(folder.FullName, [.. Scene, "--view", "none", "--preset", Path.GetFileName(file)]);
        await run.ErrorLineAsync("test scene");

        await File.WriteAllTextAsync(file, preset + "\n");
        await run.ErrorLineAsync("preset kanten – 輪郭 loaded");
        await File.WriteAllTextAsync(file, "{");

        Assert.Contains(WindowsBuild.WindowsPath(file), await run.ErrorLineAsync("stays as it was"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Kernel_IsExportedAsElsewhere()
    {
        WineProcess.Ended exported = await RunAsync("preset", "export", "sobel", "--format", "imagemagick");

        Assert.Equal(0, exported.ExitCode);
        Assert.Contains("3x3", exported.Output, StringComparison.Ordinal);
    }

    private Task<WineProcess.Ended> RunAsync(params string[] arguments) => build.RunAsync(folder.FullName, arguments);
}

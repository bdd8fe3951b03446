using System.Diagnostics;

namespace LiveConv.App.Tests;

/// <summary>Video out of pipes, into FFmpeg's readers as players have them.</summary>
public sealed class PipeTests : IDisposable
{
    private const int Frames = 12;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("y4m")]
    [InlineData("mkv")]
    public async Task Process_ToStandardOutput_IsWhatFFmpegReads(string format)
    {
        string clip = await ClipAsync();
        string expected = At("expected.y4m");
        await LiveConvProcess.RunAsync("process", clip, expected);

        (string checksums, string error) = await InShellAsync(
            $"{Program} process {clip} - --format {format} | ffmpeg -v error -i - -map 0:v -pix_fmt gray -f framemd5 -");

        Assert.Contains($"standard output: {Frames} frames", error, StringComparison.Ordinal);
        (string wanted, _) = await InShellAsync($"ffmpeg -v error -i {expected} -map 0:v -pix_fmt gray -f framemd5 -");
        Assert.Equal(Frames, Hashes(wanted).Length);
        Assert.Equal(Hashes(wanted), Hashes(checksums));
        Assert.Equal(["clip.mp4", "expected.y4m", "expected.y4m.json"], folder.GetFiles().Select(file => file.Name).Order());
    }

    [SkippableFact]
    public async Task Record_ToStandardOutput_IsWhatFFmpegReads()
    {
        Require();
        (string checksums, string error) = await InShellAsync(
            $"{Program} --source test --size 64x48 --view none --pace max --frames {Frames} --record - "
            + "| ffmpeg -v error -i - -map 0:v -f framemd5 -");

        Assert.Equal(Frames, Hashes(checksums).Length);
        Assert.Contains($"recorded {Frames} frames to standard output", error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("edges.y4m")]
    [InlineData("edges.mkv")]
    public async Task Process_ToANamedPipe_IsWrittenIntoAndStays(string name)
    {
        string clip = await ClipAsync();
        string pipe = At(name);
        await InShellAsync($"mkfifo {pipe}");

        (string checksums, _) = await InShellAsync(
            $"{Program} process {clip} {pipe} --overwrite & ffmpeg -v error -i {pipe} -map 0:v -f framemd5 -; wait");

        Assert.Equal(Frames, Hashes(checksums).Length);
        (string kind, _) = await InShellAsync($"test -p {pipe} && echo pipe");
        Assert.Equal("pipe", kind.Trim());
        Assert.False(File.Exists($"{pipe}.json"));
    }

    [SkippableFact]
    public async Task Process_ReaderEndsEarly_IsOneLine()
    {
        // More than a pipe holds.
        string clip = await ClipAsync("320x240");

        (string code, string error) = await InShellAsync($"{{ ({Program} process {clip} -; echo $? >&3) | head -c 100 >/dev/null; }} 3>&1");

        Assert.Equal("1", code.Trim());
        Assert.Contains("standard output cannot be written to", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Process_ToANamedPipeThatNobodyReads_EndsWithTheSignal()
    {
        string clip = await ClipAsync();
        string pipe = At("edges.y4m");
        await InShellAsync($"mkfifo {pipe}");
        using LiveConvProcess run = LiveConvProcess.Start(["process", clip, pipe]);
        await run.ErrorLineAsync("waits for a reader");
        run.Signal(2);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(130, ended.ExitCode);
    }

    [SkippableFact]
    public async Task Conv_FromStandardInputToStandardOutput_IsTheSameAsWithFiles()
    {
        Require();
        var input = new NumberArray([1, 2, 3, 4, 5, 6, 7, 8, 10], [3, 3]);
        await File.WriteAllBytesAsync(At("x.npy"), NpyFile.Write(input, ElementType.Float32));
        await File.WriteAllBytesAsync(At("k.npy"), NpyFile.Write(new NumberArray([1, -1], [1, 2]), ElementType.Float32));

        await InShellAsync($"{Program} conv --input {At("x.npy")} --weight {At("k.npy")} --output {At("a.npy")}");
        await InShellAsync($"{Program} conv --input - --weight {At("k.npy")} --output - <{At("x.npy")} >{At("b.npy")}");

        Assert.Equal(await File.ReadAllBytesAsync(At("a.npy")), await File.ReadAllBytesAsync(At("b.npy")));
    }

    private static string Program => $"dotnet {Path.Combine(AppContext.BaseDirectory, "liveconv.dll")}";

    private static void Require()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a shell of Unix");
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is missing");
    }

    private static string[] Hashes(string framemd5) =>
        [.. framemd5.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[(line.LastIndexOf(' ') + 1)..])];

    private string At(string name) => Path.Combine(folder.FullName, name);

    private async Task<string> ClipAsync(string size = "64x48")
    {
        Require();
        string clip = At("clip.mp4");
        await InShellAsync($"ffmpeg -v error -f lavfi -i testsrc=size={size}:rate=25 -frames:v {Frames} {clip}");
        return clip;
    }

    private async Task<(string Output, string Error)> InShellAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        })!;
        Task<string> error = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (output, await error);
    }
}

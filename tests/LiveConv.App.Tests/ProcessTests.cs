using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace LiveConv.App.Tests;

public sealed class ProcessTests : IDisposable
{
    private const int Interrupt = 2;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("seed")]
    [InlineData("temporal-16")]
    public async Task Process_InChunks_EqualsTheWhole(string preset)
    {
        NeedFFmpeg();
        await ProcessAsync(Tools.CityClip, "whole.y4m", "--preset", preset, "--frames", "..59");
        await ProcessAsync(Tools.CityClip, "a.y4m", "--preset", preset, "--frames", "0..19");
        await ProcessAsync(Tools.CityClip, "b.y4m", "--preset", preset, "--frames", "20..20");
        await ProcessAsync(Tools.CityClip, "c.y4m", "--preset", preset, "--frames", "21..59");

        string[] whole = FrameHashes("whole.y4m");
        Assert.Equal(60, whole.Length);
        string[] chunks = [.. FrameHashes("a.y4m"), .. FrameHashes("b.y4m"), .. FrameHashes("c.y4m")];
        Assert.Equal(whole, chunks);
    }

    [SkippableTheory]
    [InlineData("a.mkv", "--lossless")]
    [InlineData("a.mkv")]
    [InlineData("a.mp4")]
    public async Task Process_Twice_IsTheSameFile(string name, params string[] options)
    {
        NeedFFmpeg();
        await ProcessAsync(Tools.CityClip, name, ["--frames", "..29", .. options]);
        byte[] first = SHA256.HashData(File.ReadAllBytes(PathOf(name)));
        await ProcessAsync(Tools.CityClip, name, ["--frames", "..29", "--overwrite", .. options]);

        Assert.Equal(first, SHA256.HashData(File.ReadAllBytes(PathOf(name))));
    }

    [SkippableFact]
    public async Task Verify_OfAProcessedVideo_IsGood()
    {
        NeedFFmpeg();
        await ProcessAsync(Tools.CityClip, "a.mkv");

        LiveConvProcess.Ended good = await LiveConvProcess.RunAsync("verify", PathOf("a.mkv"));
        Assert.Equal((0, true), (good.ExitCode, good.Output.Contains("good, 190 frames, 7.560 s", StringComparison.Ordinal)));

        string notes = PathOf("a.mkv") + ".json";
        File.WriteAllText(notes, File.ReadAllText(notes).Replace(" 7560", " 7500", StringComparison.Ordinal));
        LiveConvProcess.Ended bad = await LiveConvProcess.RunAsync("verify", PathOf("a.mkv"));
        Assert.Equal((1, true), (bad.ExitCode, bad.Output.Contains("frame 189 is 60.0 ms away", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Process_Interrupted_LeavesOnlyAPartialFileThatPlays()
    {
        NeedFFmpeg();
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        using LiveConvProcess run = LiveConvProcess.Start(["process", "-", PathOf("a.mkv")], start => start.RedirectStandardInput = true);
        await run.WriteOpenInputAsync([.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. Frames(40)]);
        await WaitForAsync(() => File.Exists(PathOf("a.partial.mkv.json")));
        run.Signal(Interrupt);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(130, ended.ExitCode);
        Assert.Contains("stopped: ", ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("a.mkv")));
        Assert.NotEmpty(FrameHashes("a.partial.mkv"));
    }

    [Theory]
    [InlineData("nothing.mp4", "a.y4m", 1, "does not exist")]
    [InlineData("in.y4m", "in.y4m", 1, "is the input")]
    [InlineData("in.y4m", "a.webm", 2, "OUT is a file that ends in .mkv, .mp4, .avi or .y4m, a named pipe, or -; got")]
    [InlineData("in.y4m", "a", 2, "OUT is a file that ends in")]
    [InlineData("in.y4m", "there.y4m", 1, "exists: choose another name, or --overwrite")]
    [InlineData("in.y4m", "a.y4m --frames 5..3", 2, "--frames takes a range")]
    [InlineData("in.y4m", "a.y4m --frames 7..", 1, "has no frame 7")]
    [InlineData("in.y4m", "", 2, "'OUT' missing")]
    public async Task Process_WhatCannotBe_SaysOneLine(string input, string rest, int exitCode, string message)
    {
        File.WriteAllBytes(PathOf("in.y4m"), [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. Frames(5)]);
        File.WriteAllText(PathOf("there.y4m"), "precious");
        using LiveConvProcess run = LiveConvProcess.Start(
            ["process", input, .. rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)], start => start.WorkingDirectory =
                folder.FullName);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(message, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(PathOf("there.y4m")));
    }

    // Whatever the input is called: nothing is lost.
    [SkippableTheory]
    [InlineData("in.y4m", "./in.y4m")]
    [InlineData("in.y4m", "soft.y4m")]
    [InlineData("soft.y4m", "in.y4m")]
    [InlineData("in.y4m", "hard.y4m")]
    [InlineData("part.partial.y4m", "part.y4m")]
    [InlineData("-", "in.y4m")]
    public async Task Process_OntoItsInput_IsRefusedAndTheInputStays(string input, string output)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux is asked for the number of a file");
        byte[] video = [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. Frames(5)];
        File.WriteAllBytes(PathOf("in.y4m"), video);
        File.CreateSymbolicLink(PathOf("soft.y4m"), "in.y4m");
        using (Process link = Process.Start(new ProcessStartInfo("ln", ["in.y4m", "hard.y4m"]) { WorkingDirectory = folder.FullName })!)
        {
            await link.WaitForExitAsync();
        }

        File.WriteAllBytes(PathOf("part.partial.y4m"), video);
        foreach (string[] options in (string[][])[[], ["--overwrite"]])
        {
            (int exitCode, string error) =
                await InFolderAsync(["process", input, output, .. options], input == "-" ? "in.y4m" : "/dev/null");
            Assert.Equal((1, true), (exitCode, error.Contains("is the input: give the output another name", StringComparison.Ordinal)));
        }

        Assert.Equal(video, File.ReadAllBytes(PathOf("in.y4m")));
        Assert.Equal(video, File.ReadAllBytes(PathOf("part.partial.y4m")));
    }

    [SkippableFact]
    public async Task Process_AtAnotherRate_SaysWhatItRepeatedAndLeftOut()
    {
        NeedFFmpeg();
        LiveConvProcess.Ended more =
            await LiveConvProcess.RunAsync("process", Tools.CityClip, PathOf("a.mkv"), "--frames", "..24", "--cfr", "50");
        LiveConvProcess.Ended fewer =
            await LiveConvProcess.RunAsync("process", Tools.CityClip, PathOf("b.mkv"), "--frames", "..24", "--cfr", "10");

        // 25 frames of 40 ms: the last one begins at 0.96 s.
        Assert.Contains("25 frames, ", more.Error, StringComparison.Ordinal);
        Assert.Contains(", 24 repeated and 0 dropped for the constant rate", more.Error, StringComparison.Ordinal);
        Assert.Contains(", 0 repeated and 14 dropped for the constant rate", fewer.Error, StringComparison.Ordinal);
        Assert.Equal((49, 11), (FrameHashes("a.mkv").Length, FrameHashes("b.mkv").Length));
    }

    [Fact]
    public async Task Verify_SeveralFiles_JudgesAllThoughOneCannotBeRead()
    {
        File.WriteAllBytes(PathOf("in.y4m"), [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. Frames(5)]);
        await ProcessAsync(PathOf("in.y4m"), "out.y4m");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("verify", PathOf("nothing.mkv"), PathOf("in.y4m"), PathOf("out.y4m"));

        Assert.Equal((1, 2), (ended.ExitCode, ended.ErrorLines.Length));
        Assert.Contains("nothing.mkv does not exist", ended.Error, StringComparison.Ordinal);
        Assert.Contains("out.y4m: good, 5 frames", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await LiveConvProcess.RunAsync("verify", PathOf("out.y4m"))).ExitCode);
        Assert.Equal(2, (await LiveConvProcess.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task Process_DamagedEnd_FailsAndKeepsThePartialFile()
    {
        File.WriteAllBytes(PathOf("in.y4m"), [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. Frames(5).SkipLast(9)]);
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("process", PathOf("in.y4m"), PathOf("out.y4m"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("the stream ends in the middle of frame 4", ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("out.y4m")));
        Assert.True(File.Exists(PathOf("out.partial.y4m")));
    }

    private static void NeedFFmpeg() => Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");

    private static byte[] Frames(int count)
    {
        byte[] frame = [.. Encoding.ASCII.GetBytes("FRAME\n"), .. Enumerable.Range(0, 64 * 48).Select(i => (byte)(i * 7))];
        return [.. Enumerable.Range(0, count).SelectMany(_ => frame)];
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private async Task ProcessAsync(string input, string output, params string[] options)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(["process", input, PathOf(output), .. options]);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.True(File.Exists(PathOf(output) + ".json"));
    }

    // With a file as standard input, as a shell would open it.
    private async Task<(int ExitCode, string Error)> InFolderAsync(string[] arguments, string standardInput)
    {
        string command =
            $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "liveconv.dll")}' {string.Join(' ', arguments)} <{standardInput}";
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardError = true,
        })!;
        string error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, error);
    }

    private string[] FrameHashes(string name)
    {
        string[] arguments = ["-v", "error", "-i", PathOf(name), "-fps_mode", "passthrough", "-f", "framemd5", "-"];
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        string output = ffmpeg.StandardOutput.ReadToEnd();
        ffmpeg.WaitForExit();
        return [.. output.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}

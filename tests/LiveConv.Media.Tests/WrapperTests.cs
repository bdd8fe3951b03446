using System.Diagnostics;
using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>An ffmpeg that is a script, as some systems make it: it starts the real one, and perhaps leaves others behind.</summary>
public sealed class WrapperTests : IDisposable
{
    // Waits of 300 seconds would fail; the bounds are for a busy machine.
    private const string Other = "sleep 300";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [SkippableTheory]
    [InlineData($"{Other} & echo out; exec {Other}", false)]
    [InlineData($"{Other} & echo out", true)]
    [InlineData($"setsid {Other} & echo out", true)]
    [InlineData($"set -m; {Other} & echo out; {Other}", false)]
    public void Answer_OthersHoldItsOutput_EndsInABoundedTimeAndLeavesNone(string script, bool ends)
    {
        Skip.If(OperatingSystem.IsWindows(), "the program is a shell script");
        long start = Stopwatch.GetTimestamp();

        FFmpegAnswer answer = FFmpegAnswer.Of(Write(script), [], ends ? Bound : TimeSpan.FromSeconds(2));

        Assert.True(Stopwatch.GetElapsedTime(start) < Bound);
        Assert.Equal("out\n", answer.Output);
        Assert.Equal(ends, answer.Fault is null);
        AssertNoneIsLeft(except: script.Contains("setsid", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData($"{Other} &")]
    [InlineData($"setsid {Other} &")]
    public void Count_ThroughAWrapper_IsThatOfTheFile(string before)
    {
        NeedFFmpeg();
        var tool = new FFmpegTool(Wrapper(before));
        string video = MakeVideo();
        long start = Stopwatch.GetTimestamp();

        Assert.Equal(25, FramesInFile.Count(tool, video, CancellationToken.None));
        Assert.True(Stopwatch.GetElapsedTime(start) < Bound);
        AssertNoneIsLeft(except: before.Contains("setsid", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData($"{Other} &")]
    public void Read_ThroughAWrapper_EveryFrameOfTheFile(string before)
    {
        NeedFFmpeg();
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        int frames = 0;
        long start = Stopwatch.GetTimestamp();

        using (FFmpegSource source = Source(FFmpegInput.File(MakeVideo()), Wrapper(before)))
        {
            source.Open(CancellationToken.None);
            while (source.Read(frame))
            {
                frames++;
            }
        }

        Assert.Equal(25, frames);
        Assert.True(Stopwatch.GetElapsedTime(start) < Bound);
        AssertNoneIsLeft();
    }

    [SkippableFact]
    public void Stop_WhileAWrappersFFmpegIsSilent_EndsAllOfThem()
    {
        NeedFFmpeg();
        using var stop = new CancellationTokenSource();
        using FFmpegSource source = Source(
            new FFmpegInput("Test", "test", ["-f", "lavfi", "-i", "testsrc2=size=64x48"], FFmpegInputKind.Camera),
            Wrapper($"case \"$*\" in *lavfi*) {Other} & {Other} ;; esac"));
        long start = Stopwatch.GetTimestamp();
        stop.CancelAfter(TimeSpan.FromSeconds(1));

        Assert.ThrowsAny<OperationCanceledException>(() => source.Open(stop.Token));

        Assert.True(Stopwatch.GetElapsedTime(start) < Bound);
        source.Dispose();
        AssertNoneIsLeft();
    }

    [SkippableFact]
    public void MemoryAndWorkTime_OfAWrapper_AreThoseOfItsChildren()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the session's programs are found in /proc");
        Skip.If(Executable.Find("python3") is null, "python3 is not installed");
        using ChildProcess child = ChildProcess.Start(
            Write("python3 -c 'a = b\"x\" * 100_000_000\nprint(flush=True)\nwhile True: pass'; true"), [], writes: false);
        Assert.Equal('\n', child.Output.ReadByte());

        Assert.True(child.Memory > 100_000_000);
        TimeSpan before = child.WorkTime;
        Assert.True(SpinWait.SpinUntil(() => child.WorkTime > before, Bound));

        using var watch = new MemoryWatch(child, 50_000_000);
        Assert.True(child.WaitForExit(Bound));
        Assert.True(watch.IsExceeded);

        // The child gives 100 MB back when it ends, which takes a moment.
        Assert.True(SpinWait.SpinUntil(() => !child.IsAnyRunning, Bound));
    }

    [SkippableFact]
    public void MemoryWatch_OfADisposedProcess_SeesThatItHasEnded()
    {
        Skip.If(OperatingSystem.IsWindows(), "the program is a shell script");
        ChildProcess child = ChildProcess.Start(Write("exec sleep 60"), [], writes: false);
        using var watch = new MemoryWatch(child, long.MaxValue);

        child.Dispose();

        Assert.True(child.HasExited);
        watch.Check();
        Assert.False(watch.IsExceeded);
    }

    private static FFmpegSource Source(FFmpegInput input, string program) =>
        new(input, new SourceMode(), new FFmpegTool(program), TimeProvider.System);

    private static void NeedFFmpeg()
    {
        Skip.If(OperatingSystem.IsWindows(), "the wrapper is a shell script");
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
    }

    private string MakeVideo()
    {
        string path = directory.File("video.mkv");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=1", path);
        return path;
    }

    private string Wrapper(string before) => Write($"{before}\n'{FFmpegTool.Find()!.Path}' \"$@\"\nexit $?");

    // A shell writes the program: a file that this process had open could not be run while another test starts a program.
    private string Write(string script)
    {
        string program = directory.File("ffmpeg");
        string text = $"#!/bin/sh\nexport LIVECONV_TEST='{directory.Directory}'\n{script}\n";
        Tools.Run("/bin/sh", "-c", "printf %s \"$1\" >\"$2\" && chmod +x \"$2\"", "sh", text, program);
        return program;
    }

    // What the script started has its variable.
    private void AssertNoneIsLeft(bool except = false)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        bool isGone = SpinWait.SpinUntil(() => !Left().Any(), except ? TimeSpan.Zero : Bound);
        foreach (Process left in Left())
        {
            left.Kill();
        }

        Assert.True(isGone || except, "programs were left behind");
    }

    private IEnumerable<Process> Left() => Process.GetProcesses().Where(process =>
    {
        try
        {
            string variables = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/environ"));
            return process.Id != Environment.ProcessId && variables.Contains(directory.Directory, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}

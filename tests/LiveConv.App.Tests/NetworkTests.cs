using System.Diagnostics;
using System.Globalization;

namespace LiveConv.App.Tests;

/// <summary>An HTTP camera, which has no times, through the whole program.</summary>
public sealed class NetworkTests : IDisposable
{
    private const int Interrupt = 2;

    // A busy machine is late by so much.
    private const double Tolerance = 0.7;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("edges.mkv")]
    [InlineData("edges.mp4")]
    [InlineData("edges.avi")]
    [InlineData("edges.y4m")]
    public async Task Process_HttpCameraWithAPause_KeepsItsTimesAndNoSecret(string name)
    {
        double[] sent = [0, 0.2, 0.4, 0.6, 3.1, 3.3, 3.5];
        using var camera = new HttpCamera(await JpegAsync(), sent);
        string path = Path.Combine(folder.FullName, name);

        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync("process", $"http://user:S3CRET@127.0.0.1:{camera.Port}/S3CRET?token=S3CRET", path);

        Assert.True(ended.ExitCode == 1, ended.Error);
        Assert.Contains("the live stream ended", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", ended.Error + ended.Output + File.ReadAllText(path + ".json"), StringComparison.Ordinal);
        Assert.Contains($"\"http://127.0.0.1:{camera.Port}/...\"", File.ReadAllText(path + ".json"), StringComparison.Ordinal);
        double[] times = await TimesAsync(path);
        Assert.InRange(times[^1], sent[^1] - Tolerance, sent[^1] + Tolerance);
        LiveConvProcess.Ended check = await LiveConvProcess.RunAsync("verify", path);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    [SkippableFact]
    public async Task Record_CameraKilledAndRestarted_GoesOnAtTheRightTimes()
    {
        byte[] jpeg = await JpegAsync();
        double[] sent = [.. Enumerable.Range(0, 300).Select(i => i / 3.0)];
        var camera = new HttpCamera(jpeg, sent);
        string path = Path.Combine(folder.FullName, "edges.mkv");
        using LiveConvProcess run = LiveConvProcess.Start(["--source", camera.Address, "--view", "none", "--record", path]);
        await run.ErrorLineAsync("recording to");
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(2));

        int port = camera.Port;
        camera.Dispose();
        await run.ErrorLineAsync("waiting for");
        await Task.Delay(TimeSpan.FromSeconds(2));
        using var restarted = new HttpCamera(jpeg, sent, port);
        await run.ErrorLineAsync("is back");
        await Task.Delay(TimeSpan.FromSeconds(2));
        double passed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        run.Signal(Interrupt);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(130, ended.ExitCode);
        double[] times = await TimesAsync(path);

        // The first frame was captured some time before its recording was reported.
        Assert.InRange(times[^1], passed - 0.4 - Tolerance, passed + 2.5);
        Assert.Contains(times.Zip(times.Skip(1), (one, next) => next - one), step => step > 1.5);
        Assert.Equal(0, (await LiveConvProcess.RunAsync("verify", path)).ExitCode);
    }

    private static async Task<byte[]> JpegAsync()
    {
        Skip.IfNot(Tools.Has("ffmpeg") && Tools.Has("ffprobe"), "ffmpeg is not installed");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        return await RunAsync(
            "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120", "-frames:v", "1", "-pix_fmt", "yuvj420p", "-f", "mjpeg",
            "-");
    }

    private static async Task<double[]> TimesAsync(string path)
    {
        byte[] text = await RunAsync(
            "ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path);
        return
        [
            .. System.Text.Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture)),
        ];
    }

    private static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return output.ToArray();
    }
}

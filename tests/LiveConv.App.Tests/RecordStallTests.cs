using System.Globalization;
using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>
/// Recordings made while the whole program stands still for moments, as on a busy machine: frames are superseded, and noted as just that.
/// <c>LIVECONV_STALLS=200</c> sets the number of recordings.
/// </summary>
public sealed class RecordStallTests : IDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;
    private const int StallsInEach = 8;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Stalled_WhileRecording_EveryDropIsNotedOnceAndWithItsCause()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the numbers of the signals are those of Linux");
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        int runs = int.Parse(Environment.GetEnvironmentVariable("LIVECONV_STALLS") ?? "2", CultureInfo.InvariantCulture);
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int run = 0; run < runs; run++)
        {
            string path = Path.Combine(folder.FullName, $"{run}.mkv");
            LiveConvProcess.Ended ended = await RecordAsync(path, random);
            Assert.True(ended.ExitCode == 130, ended.Error);
            LiveConvProcess.Ended check = await LiveConvProcess.RunAsync("verify", path);

            string context = $"seed {seed}, run {run}: {check.Output}{check.Error}";
            Assert.True(check.ExitCode == 0, context);
            using JsonDocument notes = JsonDocument.Parse(await File.ReadAllBytesAsync(path + ".json"));
            string[] causes =
                [.. notes.RootElement.GetProperty("drops").EnumerateArray().Select(drop => drop.GetProperty("cause").GetString()!)];
            Assert.True(causes.All(cause => cause is "superseded" or "recorderBusy"), $"{context}{string.Join(' ', causes)}");
            File.Delete(path);
        }
    }

    private static async Task<LiveConvProcess.Ended> RecordAsync(string path, Random random)
    {
        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", "test", "--size", "160x120", "--fps", "60", "--view", "none", "--record", path]);
        await run.ErrorLineAsync("recording to");
        for (int i = 0; i < StallsInEach; i++)
        {
            await Task.Delay(random.Next(40, 90));
            run.Signal(Stop);
            await Task.Delay(random.Next(60, 170));
            run.Signal(Continue);
        }

        run.Signal(2);
        return await run.EndAsync();
    }
}

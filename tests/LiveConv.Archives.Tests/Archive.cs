using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.Archives.Tests;

/// <summary>A folder with videos, a plan of them, and what is made of it.</summary>
internal sealed class Archive : IDisposable
{
    private const string Scene = "testsrc2=size=160x120:rate=30000/1001:duration=8";

    public string Folder { get; } = Directory.CreateTempSubdirectory("liveconv-archive-").FullName;

    public string Plan => PathOf("maps/plan");

    public string Units => Plan + ".units";

    public int UnitCount => File.ReadAllLines(Plan).Length;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string PathOf(string name) => Path.Combine(Folder, name);

    public static void NeedFFmpeg() => Skip.IfNot(Has("ffmpeg"), "ffmpeg is not installed");

    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Makes a video of FFmpeg's test scene.</summary>
    public async Task<string> MakeAsync(string name, string options, string scene = Scene)
    {
        await FFmpegAsync($"-y -f lavfi -i {scene} {options} {name}");
        return PathOf(name);
    }

    public async Task<string> FFmpegAsync(string arguments)
    {
        string[] words = ["-v", "error", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        using Process ffmpeg =
            Process.Start(new ProcessStartInfo("ffmpeg", words) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        string output = await ffmpeg.StandardOutput.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, $"ffmpeg {arguments}: {ffmpeg.ExitCode}");
        return output;
    }

    /// <summary>Runs the command in the folder.</summary>
    public async Task<LiveConvProcess.Ended> RunAsync(params string[] arguments)
    {
        using LiveConvProcess run = Start(arguments);
        return await run.EndAsync();
    }

    public LiveConvProcess Start(params string[] arguments) => LiveConvProcess.Start(arguments, start =>
    {
        start.WorkingDirectory = Folder;
        foreach (string variable in (string[])["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX"])
        {
            start.Environment.Remove(variable);
        }
    });

    /// <summary>Runs the command; another exit code than 0 fails the test.</summary>
    public async Task<LiveConvProcess.Ended> DoneAsync(params string[] arguments)
    {
        LiveConvProcess.Ended ended = await RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, $"liveconv {string.Join(' ', arguments)}: {ended.ExitCode}\n{ended.Output}\n{ended.Error}");
        return ended;
    }

    /// <summary>Filters all units, two at once.</summary>
    public async Task ProcessAllAsync() => await Parallel.ForEachAsync(
        Enumerable.Range(0, UnitCount), new ParallelOptions { MaxDegreeOfParallelism = 2 },
        async (unit, _) => await DoneAsync("process", "--unit", $"{unit}", "maps/plan"));

    /// <summary>Time in microseconds and hash of every frame, as FFmpeg decodes them.</summary>
    public async Task<string> FramesAsync(string name) => await FFmpegAsync(
        $"-i {name} -fps_mode passthrough -enc_time_base 1:1000000 -f framemd5 -");

    /// <summary>The times that a recording's notes list, in milliseconds.</summary>
    public double[] NotedTimes(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(PathOf(name + ".json")));
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
        return [.. json.RootElement.GetProperty("frames").EnumerateArray().Select(frame => frame.GetDouble())];
    }

    /// <summary>What stands in the units' folder under a partial name, or notes a failure.</summary>
    public string[] Leftovers() => [.. Directory.GetFiles(Units)
        .Where(file => file.Contains(".partial", StringComparison.Ordinal) || file.EndsWith(".failed", StringComparison.Ordinal))];
}

using System.Diagnostics;
using System.Globalization;

namespace LiveConv.Archives.Tests;

/// <summary>Plans on a real Slurm, with what goes wrong on clusters: nothing is lost, and the joined file equals the whole.</summary>
[Collection(SlurmCluster.Collection)]
public sealed class SlurmTests(SlurmCluster cluster) : IDisposable
{
    private const int UnitsOfBattery = 40;
    private readonly Archive archive = new();

    // LIVECONV_ARCHIVE_BATTERY=1 goes on for as long as it takes to kill a hundred units.
    private static readonly int Kills =
        Environment.GetEnvironmentVariable("LIVECONV_ARCHIVE_BATTERY") is { Length: > 0 } and not "0" ? 100 : 6;

    public void Dispose() => archive.Dispose();

    [SkippableFact]
    public async Task Submit_TwiceWithKillsARequeueAndALostNode_LosesNothing()
    {
        Need();
        await PlanAsync(seconds: UnitsOfBattery, unit: "1s");
        Assert.Equal(UnitsOfBattery, archive.UnitCount);
        await Task.WhenAll(SubmitAsync("--at-once", "2"), SubmitAsync());
        int killed = 0;
        bool hasRequeued = false;
        while (killed < Kills)
        {
            killed += await KillOneAsync() ? 1 : 0;
            if (!hasRequeued && killed > 1)
            {
                hasRequeued = await RequeueOneAsync();
            }

            if (killed == 4)
            {
                cluster.EndNode();
                await Task.Delay(500);
                cluster.StartNode();
                killed++;
            }

            if ((await cluster.QueueAsync()).Length == 0)
            {
                Directory.Delete(archive.Units, recursive: true);
                await SubmitAsync();
            }
        }

        Assert.True(hasRequeued, "no task was requeued");
        await EndAsync();
        await EqualsTheWholeAsync();
    }

    [SkippableFact]
    public async Task Submit_OntoADiskThatFills_SaysSoAndGoesOnWithMoreSpace()
    {
        Need();
        Skip.IfNot(Environment.UserName == "root", "only root mounts a small disk");
        Directory.CreateDirectory(archive.PathOf("maps"));
        await MountAsync("-t", "tmpfs", "-o", "size=1500k", "tmpfs", archive.PathOf("maps"));
        try
        {
            await PlanAsync(seconds: 8, unit: "2s");
            await SubmitAsync();
            await EndAsync();
            LiveConvProcess.Ended status = await archive.DoneAsync("status", "maps/plan");
            Assert.Matches(@"failed: .*the disk is full", status.Output);
            Assert.Contains("0 of 1 videos are joined", status.Output, StringComparison.Ordinal);

            await MountAsync("-o", "remount,size=64m", archive.PathOf("maps"));
            await SubmitAsync();
            await EndAsync();
            await EqualsTheWholeAsync();
        }
        finally
        {
            using Process umount = Process.Start("umount", [archive.PathOf("maps")]);
            await umount.WaitForExitAsync();
        }
    }

    [SkippableFact]
    public async Task Submit_OfAVideoThatChanges_FailsWithTheReason()
    {
        Need();
        await PlanAsync(seconds: 8, unit: "2s");
        DateTime before = File.GetLastWriteTimeUtc(archive.PathOf("clip.mkv"));
        File.SetLastWriteTimeUtc(archive.PathOf("clip.mkv"), before.AddSeconds(1));
        await SubmitAsync();
        await EndAsync();
        LiveConvProcess.Ended status = await archive.DoneAsync("status", "maps/plan");
        Assert.Contains("0 of 4 units: 0 done, 4 failed\n", status.Output, StringComparison.Ordinal);
        Assert.Matches(@"failed: .*has changed since it was planned: plan it anew \(unit 0, 1, 2, 3\)", status.Output);

        File.SetLastWriteTimeUtc(archive.PathOf("clip.mkv"), before);
        await SubmitAsync("--", "--cpus-per-task=2", "--comment=again");
        await EndAsync();
        await EqualsTheWholeAsync();
    }

    private static void Need()
    {
        Archive.NeedFFmpeg();
        SlurmCluster.Need();
    }

    private async Task PlanAsync(int seconds, string unit)
    {
        string scene = string.Create(CultureInfo.InvariantCulture, $"testsrc2=size=160x120:rate=25:duration={seconds}");
        await archive.MakeAsync("clip.mkv", "-c:v libx264 -g 25 -bf 2", scene);
        await archive.DoneAsync("plan", "clip.mkv", "--out", "maps/plan", "--unit", unit, "--lossless", "--preset", "sobel");
    }

    private async Task SubmitAsync(params string[] options)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["submit", "maps/plan", .. options], start =>
        {
            start.WorkingDirectory = archive.Folder;
            start.Environment["SLURM_CONF"] = cluster.Configuration;
        });
        LiveConvProcess.Ended ended = await run.EndAsync();
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Contains("when all are done", ended.Error, StringComparison.Ordinal);
    }

    // Slurm lets a task that was requeued wait for two minutes.
    private async Task EndAsync() => await SlurmCluster.WaitAsync(
        async () =>
        {
            string[] queue = await cluster.QueueAsync();
            foreach (string task in queue.Where(line => line.EndsWith("BeginTime", StringComparison.Ordinal)))
            {
                await cluster.RunAsync("scontrol", "update", $"JobId={task.Split(' ')[0]}", "StartTime=now");
            }

            return queue.Length == 0;
        },
        "end of all jobs");

    private async Task<bool> RequeueOneAsync()
    {
        string? task = (await cluster.QueueAsync()).FirstOrDefault(line => line.Contains(" RUNNING ", StringComparison.Ordinal));
        if (task is not null)
        {
            await cluster.RunAsync("scontrol", "requeue", task.Split(' ')[0]);
        }

        return task is not null;
    }

    // Kills a run of a unit at any moment of its life.
    private async Task<bool> KillOneAsync()
    {
        await Task.Delay(Random.Shared.Next(100, 1200));
        foreach (string process in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                string[] words = File.ReadAllText($"{process}/cmdline").Split('\0');
                if (words.Contains("process") && words.Contains(archive.Plan))
                {
                    Process.GetProcessById(int.Parse(Path.GetFileName(process))).Kill();
                    return true;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                // It has ended meanwhile.
            }
        }

        return false;
    }

    private static async Task MountAsync(params string[] arguments)
    {
        using Process mount = Process.Start("mount", arguments);
        await mount.WaitForExitAsync();
        Skip.IfNot(mount.ExitCode == 0, "this machine lets nobody mount a small disk");
    }

    // What was killed failed; it is submitted again as a user would.
    private async Task EqualsTheWholeAsync()
    {
        for (int i = 0; i < 3 && !(await archive.DoneAsync("status", "maps/plan")).Output.Contains("1 of 1 videos are joined"); i++)
        {
            await SubmitAsync();
            await EndAsync();
        }

        Assert.Contains("1 of 1 videos are joined", (await archive.DoneAsync("status", "maps/plan")).Output, StringComparison.Ordinal);
        await archive.DoneAsync("verify", "maps/clip.mkv");
        await archive.DoneAsync("process", "clip.mkv", "whole.mkv", "--lossless", "--preset", "sobel");
        Assert.Equal(await archive.FramesAsync("whole.mkv"), await archive.FramesAsync("maps/clip.mkv"));
        Assert.Empty(archive.Leftovers());
    }
}

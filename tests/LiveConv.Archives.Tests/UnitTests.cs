using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Archives.Tests;

/// <summary>Units that are killed, run twice, or are no longer those of the plan.</summary>
public sealed class UnitTests : IDisposable
{
    private const int Kills = 8;
    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [SkippableFact]
    public async Task Units_KilledAtRandomMoments_AreWholeWhenRunAgain()
    {
        await PlanAsync("-c:v libx264 -g 30 -bf 2");
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int i = 0; i < Kills; i++)
        {
            using LiveConvProcess run = archive.Start("process", "--unit", $"{i % archive.UnitCount}", "maps/plan");
            await Task.Delay(random.Next(50, 1200));
            run.Kill();
        }

        await EqualsTheWholeAsync($"seed {seed}");
    }

    [SkippableFact]
    public async Task Units_AllRunTwiceAtOnce_AreMadeOnceAndBothSucceed()
    {
        await PlanAsync("-c:v libx264 -g 30 -bf 2");
        await Task.WhenAll(archive.ProcessAllAsync(), archive.ProcessAllAsync());
        await Task.WhenAll(archive.DoneAsync("join", "maps/plan"), archive.DoneAsync("join", "maps/plan"));
        await EqualsTheWholeAsync("twice");
    }

    [SkippableFact]
    public async Task Unit_Finished_IsLeftAlone()
    {
        await PlanAsync("-c:v libx264 -g 30");
        await archive.DoneAsync("process", "--unit", "0", "maps/plan");
        string unit = Assert.Single(Directory.GetFiles(archive.Units, "*.mkv"));
        DateTime before = File.GetLastWriteTimeUtc(unit);
        LiveConvProcess.Ended again = await archive.DoneAsync("process", "--unit", "0", "maps/plan");

        Assert.Contains("unit 0 is done", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.GetLastWriteTimeUtc(unit));
    }

    [SkippableFact]
    public async Task Unit_NumberOfAScheduler_IsFiltered()
    {
        await PlanAsync("-c:v libx264 -g 30");
        string[] variables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX"];
        for (int i = 0; i < variables.Length; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            using LiveConvProcess run =
                LiveConvProcess.Start(["process", archive.Plan], start => start.Environment[variables[i]] = number);
            Assert.Equal(0, (await run.EndAsync()).ExitCode);
            Assert.Single(Directory.GetFiles(archive.Units, $"clip-0000{number}-*.mkv"));
        }
    }

    [SkippableFact]
    public async Task Unit_OfAChangedVideo_IsRefusedAndTheReasonKept()
    {
        await PlanAsync("-c:v libx264 -g 30");
        File.SetLastWriteTimeUtc(archive.PathOf("clip.mkv"), DateTime.UtcNow.AddMinutes(1));
        LiveConvProcess.Ended ended = await archive.RunAsync("process", "--unit", "1", "maps/plan");

        Assert.Equal((1, true), (ended.ExitCode, ended.Error.Contains("has changed since it was planned", StringComparison.Ordinal)));
        LiveConvProcess.Ended status = await archive.DoneAsync("status", "maps/plan");
        Assert.Contains("1 failed", status.Output, StringComparison.Ordinal);
        Assert.Matches(@"failed: .*clip\.mkv has changed since it was planned: plan it anew \(unit 1\)", status.Output);
    }

    // The same size and time, and other images: the frames themselves are compared.
    [SkippableFact]
    public async Task Unit_OfAVideoBehindALinkThatGrows_IsRefused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "makes a symbolic link");
        Archive.NeedFFmpeg();
        string video = await archive.MakeAsync("stored.mkv", "-c:v libx264 -g 30");
        File.CreateSymbolicLink(archive.PathOf("clip.mkv"), video);
        await archive.DoneAsync("plan", "clip.mkv", "--out", "maps/plan", "--unit", "2s", "--lossless");
        DateTime written = File.GetLastWriteTimeUtc(video);
        await File.AppendAllBytesAsync(video, [0]);
        File.SetLastWriteTimeUtc(video, written);

        LiveConvProcess.Ended ended = await archive.RunAsync("process", "--unit", "1", "maps/plan");

        Assert.Equal((1, true), (ended.ExitCode, ended.Error.Contains("has changed since it was planned", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Plan_OfAVideoThatIsStillWritten_IsRefused()
    {
        Archive.NeedFFmpeg();
        string video = await archive.MakeAsync("clip.mkv", "-c:v libx264 -g 30");
        using LiveConvProcess run = archive.Start("plan", "clip.mkv", "--out", "maps/plan", "--unit", "2s");
        Task<LiveConvProcess.Ended> end = run.EndAsync();
        while (!end.IsCompleted)
        {
            await File.AppendAllBytesAsync(video, [0]);
            await Task.Delay(20);
        }

        LiveConvProcess.Ended ended = await end;
        Assert.Equal((1, true), (ended.ExitCode, ended.Error.Contains("changes while it is read", StringComparison.Ordinal)));
        Assert.False(File.Exists(archive.Plan));
    }

    [SkippableFact]
    public async Task Plan_OfANameWithALineBreak_IsRefused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "such names are not everywhere");
        Archive.NeedFFmpeg();
        await archive.MakeAsync("clip.mkv", "-c:v libx264 -g 30");
        File.Move(archive.PathOf("clip.mkv"), archive.PathOf("two\nlines.mkv"));

        LiveConvProcess.Ended ended = await archive.RunAsync("plan", "two\nlines.mkv", "--out", "maps/plan");

        Assert.Equal((1, true), (ended.ExitCode, ended.Error.Contains("has a line break in its name", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Unit_OfAVideoThatOnlyLooksTheSame_IsRefused()
    {
        await PlanAsync("-c:v ffv1 -g 30");
        string path = archive.PathOf("clip.mkv");
        (long size, DateTime time) = (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        await archive.MakeAsync("clip.mkv", "-c:v ffv1 -g 30 -vf negate");
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(size);
        }

        File.SetLastWriteTimeUtc(path, time);
        foreach (string unit in (string[])["0", "1"])
        {
            LiveConvProcess.Ended ended = await archive.RunAsync("process", "--unit", unit, "maps/plan");
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains("does not deliver the frames", ended.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(archive.Units, "clip-?????-????????.mkv"));
    }

    [SkippableFact]
    public async Task Plan_ThatWasChanged_IsRefusedInOneLine()
    {
        await PlanAsync("-c:v libx264 -g 30");
        string plan = File.ReadAllText(archive.Plan);
        foreach ((string what, string with, string message) in (IEnumerable<(string, string, string)>)[
            ("\"liveconv\":\"[^\"]*\"", "\"liveconv\":\"0.1.0\"", "the plan is of LiveConv 0.1.0, and this is"),
            ("\"ffmpeg\":\"[^\"]*\"", "\"ffmpeg\":\"ffmpeg version 3.1\"", "the plan is of ffmpeg version 3.1, and this is"),
            ("\"plan\":1", "\"plan\":2", "line 1 has version 2 of the format; this LiveConv reads 1"),
            ("\"first\":0", "\"frist\":0", "line 1 is no unit of a plan"),
            ("\"hash\":\"[^\"]*\"", "\"hash\":\"0\"", "does not deliver the frames"),
            ("\\n$", "", "is no complete plan"),
        ])
        {
            File.WriteAllText(archive.Plan, new Regex(what).Replace(plan, with, 1));
            LiveConvProcess.Ended ended = await archive.RunAsync("process", "--unit", "0", "maps/plan", "--quiet");
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(message, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Commands_WrongUse_SayWhat()
    {
        await PlanAsync("-c:v libx264 -g 30");
        foreach ((string[] words, string message) in (IEnumerable<(string[], string)>)[
            (["process", "maps/plan"], "a plan's unit is named by --unit"),
            (["process", "--unit", "99", "maps/plan"], "has no unit 99: the last one is"),
            (["process", "--unit", "0", "maps/plan", "out.mkv"], "--unit goes with a plan alone"),
            (["process", "--unit", "0", "maps/plan", "--preset", "canny"], "--preset stands in the plan"),
            (["plan", "clip.mkv", "--out", "p", "--unit", "60"], "--unit takes a time such as 60s, 2m or 1h"),
            (["plan", "clip.mkv", "--out", "p", "--lossless", "--format", "mp4"], "--lossless goes with --format mkv"),
        ])
        {
            LiveConvProcess.Ended ended = await archive.RunAsync(words);
            Assert.Equal((2, true), (ended.ExitCode, ended.Error.Contains(message, StringComparison.Ordinal)));
        }

        Assert.Equal(1, (await archive.RunAsync("plan", "clip.mkv", "--out", "plan")).ExitCode); // clip.mkv would be replaced by its maps
    }

    [SkippableFact]
    public async Task Join_UnitsMissing_NamesTheCommandsThatMakeThem()
    {
        await PlanAsync("-c:v libx264 -g 30");
        await archive.DoneAsync("process", "--unit", "0", "maps/plan");
        LiveConvProcess.Ended ended = await archive.RunAsync("join", "maps/plan");

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(
            Enumerable.Range(1, archive.UnitCount - 1).Select(unit => $"liveconv process --unit {unit} maps/plan"),
            ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(archive.PathOf("maps/clip.mkv")));
    }

    [SkippableFact]
    public async Task Join_OntoAFileOfSomebodyElse_IsRefused()
    {
        await PlanAsync("-c:v libx264 -g 30");
        await archive.ProcessAllAsync();
        File.WriteAllText(archive.PathOf("maps/clip.mkv"), "precious");
        LiveConvProcess.Ended ended = await archive.RunAsync("join", "maps/plan");

        Assert.Equal((1, true), (ended.ExitCode, ended.Error.Contains("was not joined of this plan", StringComparison.Ordinal)));
        Assert.Equal("precious", File.ReadAllText(archive.PathOf("maps/clip.mkv")));
        await EqualsTheWholeAsync("overwritten", "--overwrite");
    }

    private async Task PlanAsync(string options)
    {
        Archive.NeedFFmpeg();
        Skip.If(OperatingSystem.IsWindows(), "clusters are of Linux");
        await archive.MakeAsync("clip.mkv", options);
        await archive.DoneAsync("plan", "clip.mkv", "--out", "maps/plan", "--unit", "2s", "--lossless", "--preset", "sobel");
        Assert.InRange(archive.UnitCount, 3, 5);
    }

    private async Task EqualsTheWholeAsync(string what, params string[] joinOptions)
    {
        await archive.ProcessAllAsync();
        await archive.DoneAsync(["join", "maps/plan", .. joinOptions]);
        await archive.DoneAsync("process", "clip.mkv", "whole.mkv", "--lossless", "--preset", "sobel");
        Assert.True(await archive.FramesAsync("whole.mkv") == await archive.FramesAsync("maps/clip.mkv"), what);
        Assert.Empty(archive.Leftovers());
        Assert.Contains("1 of 1 videos are joined", (await archive.DoneAsync("status", "maps/plan")).Output, StringComparison.Ordinal);
    }
}

namespace LiveConv.Pipeline.Tests.Stages;

public class SnapshotTests
{
    [Fact]
    public async Task Snapshot_Fails_IsReportedAndEndsNothing()
    {
        using var rig = new Rig(new FakeSource { Frames = 3 });
        var screen = new FakeSink();
        rig.Press("s");

        await rig.RunAsync(new() { Pace = Pace.Max, Screens = [screen], Snapshot = Fail });

        Assert.Equal(new Notice("snapshot not saved: the disk is full", IsProblem: true), Assert.Single(rig.Reported));
        Assert.Equal(3, screen.Accepted.Count);

        static async Task Fail(EdgeMaps maps)
        {
            using (maps)
            {
                await Task.Yield();
                throw new LiveConvException("the disk is full");
            }
        }
    }

    [Fact]
    public async Task Snapshot_StillBeingSavedAtTheEnd_IsWaitedFor()
    {
        using var rig = new Rig(new FakeSource { Frames = 3 });
        var disk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isSaved = false;
        var screen = new FakeSink { OnComplete = Completed };
        rig.Press("s");

        await rig.RunAsync(new() { Pace = Pace.Max, Screens = [screen], Snapshot = SaveAsync });

        Assert.True(isSaved);

        ValueTask Completed()
        {
            disk.SetResult();
            return ValueTask.CompletedTask;
        }

        async Task SaveAsync(EdgeMaps maps)
        {
            using (maps)
            {
                await disk.Task;
                isSaved = true;
            }
        }
    }

    [Fact]
    public async Task Snapshot_DiskHangsAndSIsHeldDown_TheImageGoesOn()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 200 });
        var disk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var screen = new FakeSink();
        int saved = 0;
        rig.Start(new() { Screens = [screen], Snapshot = SaveAsync });
        for (int n = 0; n < 200; n++)
        {
            rig.Press("s");
            rig.Source.Release();
            Assert.Equal(n, (await screen.NextAsync()).Sequence);
        }

        disk.SetResult();
        rig.Source.Release();
        await rig.EndAsync();
        Assert.InRange(saved, 1, 10);
        Assert.Equal(200, saved + rig.Reported.Count);
        Assert.All(rig.Reported, notice => Assert.True(notice.IsProblem));

        async Task SaveAsync(EdgeMaps maps)
        {
            using (maps)
            {
                await disk.Task;
                saved++;
            }
        }
    }
}

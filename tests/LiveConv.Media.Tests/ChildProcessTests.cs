namespace LiveConv.Media.Tests;

public sealed class ChildProcessTests
{
    // The kernel takes the thread that starts a child for its parent: the child must not end with that thread.
    [SkippableFact]
    public void Start_ByAThreadThatEnds_TheReaderLives()
    {
        Skip.If(Executable.Find("sleep") is null, "sleep is not installed");
        ChildProcess? child = null;
        var starter = new Thread(() => child = ChildProcess.Start(Executable.Find("sleep")!, ["60"], writes: false));
        starter.Start();
        starter.Join();

        using (child)
        {
            Assert.False(child!.WaitForExit(TimeSpan.FromSeconds(1)));
        }
    }

    [SkippableFact]
    public void WaitForExit_AnotherProgramKeepsStandardErrorOpen_ReturnsWithWhatWasWritten()
    {
        Skip.If(OperatingSystem.IsWindows(), "the program is a shell script");
        using ChildProcess child = ChildProcess.Start("/bin/sh", ["-c", "echo reason >&2; sleep 30 & exit 3"], writes: false);

        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal((3, "reason"), (child.ExitCode, Assert.Single(child.Notes)));
    }
}

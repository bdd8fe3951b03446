namespace LiveConv.Convolution.Tests;

/// <summary>The suite again in processes with fewer instruction sets, and against guard pages.</summary>
public class ChildTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(VectorWidth.Vector256))]
    [InlineData("DOTNET_EnableAVX512v2", nameof(VectorWidth.Vector256))]
    [InlineData("DOTNET_EnableAVX2", nameof(VectorWidth.Vector128))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(VectorWidth.Scalar))]
    public void Suite_InstructionSetOff_Passes(string variable, string widest)
    {
        (int exitCode, string output) = ChildProcess.Run(["suite", widest], (variable, "0"), (Thoroughness.Variable, "7"));

        Assert.True(exitCode == 0, output);
        Assert.Contains($"passed at {widest}", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void GuardPages_AtBothEndsOfEveryPlane_AreNeverTouched()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "guard pages are made with Linux's mmap");

        (int exitCode, string output) = ChildProcess.Run(["guard"]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("no guard page touched", output, StringComparison.Ordinal);
    }
}

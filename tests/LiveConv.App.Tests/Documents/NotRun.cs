namespace LiveConv.App.Tests.Documents;

/// <summary>The documented commands that no test can run within seconds, and why.</summary>
internal static class NotRun
{
    private const string Camera = "needs a camera";
    private const string Vm = "starts a virtual machine";
    private const string Archives = "LiveConv.Archives.Tests run it, on plans that they make";
    private const string Benchmark = "measures for minutes";

    /// <summary>Reasons by the start of the command.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["liveconv --source camera"] = Camera,
        ["liveconv --source /dev/video"] = Camera,
        ["liveconv plan"] = Archives,
        ["liveconv submit"] = Archives,
        ["liveconv status"] = Archives,
        ["liveconv join"] = Archives,
        ["liveconv process --unit"] = Archives,
        ["tests/camera-vm/run-in-vm"] = Vm,
        ["LIVECONV_UNPLUGS=100 tests/camera-vm/run-in-vm"] = Vm,
        ["dotnet run -c Release --project tests/LiveConv.Benchmarks"] = Benchmark,
        ["liveconv train"] = "trains for minutes; tests of its own train for seconds",
        ["bash tests/run"] = "runs this test, too",
        ["dotnet test -c Release tests/LiveConv.Pipeline.Tests"] = "builds, and runs tests that run anyway",
        ["LIVECONV_WRITE_IMAGES=1 dotnet test"] = "a test of the packages; writes into docs",
        ["dotnet publish src/LiveConv.Web"] = "tests of their own publish it",
        ["python3 -c \"import numpy as np; np.save("] = "needs numpy; writes files that this test writes itself",
    };

    public static bool Contains(string command) => Reasons.Keys.Any(start => command.StartsWith(start, StringComparison.Ordinal));
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>
/// The bounds that users are promised, for a VM that is emulated and may share its processors: they are stretched by how much
/// slower than usual it is at that moment, so that a busy machine is not taken for a defect. What the product's own clocks say is
/// checked exactly beside this, on scripted cameras.
/// </summary>
internal static class Bounds
{
    /// <summary>How long anything is waited for before it counts as hanging, on a VM of the usual speed.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    // What the rounds below take in a VM emulated on two idle processors.
    private const double UsualSeconds = 0.6;
    private const double Slack = 2;
    private const int Rounds = 20;
    private const int Steps = 1_500_000;

    /// <summary>How many times slower than usual this VM is right now; at least 1. Takes about half a second.</summary>
    public static double Slowness()
    {
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
        {
            Task.Delay(10).Wait();
            Work();
        }

        return Math.Max(1, Stopwatch.GetElapsedTime(began).TotalSeconds / UsualSeconds);
    }

    /// <summary>Asserts that something took no longer than promised.</summary>
    public static void Hold(TimeSpan took, double promised, string what)
    {
        double slowness = took.TotalSeconds <= promised ? 1 : Slowness();
        string why = slowness > 1 ? FormattableString.Invariant($", VM {slowness:0.0} times slower than usual") : "";
        Console.WriteLine(FormattableString.Invariant($"measured: {what} {took.TotalSeconds:0.00} s, promised {promised} s{why}"));
        Assert.InRange(took.TotalSeconds, 0, promised * Slack * slowness);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static uint Work()
    {
        uint x = 1;
        for (int i = 0; i < Steps; i++)
        {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
        }

        return x;
    }
}

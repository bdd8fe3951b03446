using System.Diagnostics;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>What this process holds at a moment.</summary>
/// <param name="CameraDescriptors">Open descriptors of video nodes, vanished ones included.</param>
/// <param name="CameraBuffers">Mapped buffers of drivers.</param>
/// <param name="Descriptors">All open descriptors; the runtime's own come and go by a few.</param>
/// <param name="ManagedBytes">Managed memory in use.</param>
/// <param name="ResidentBytes">Memory that the kernel counts.</param>
internal sealed record Footprint(int CameraDescriptors, int CameraBuffers, int Descriptors, long ManagedBytes, long ResidentBytes)
{
    private const string Nodes = "/dev/video";
    private const int DescriptorNoise = 2;
    private const long ManagedNoise = 256 << 10;

    public static Footprint Now()
    {
        // What finalizers still hold is no leak.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        string?[] targets = [.. Directory.GetFileSystemEntries("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget)];
        return new Footprint(
            targets.Count(target => target?.StartsWith(Nodes, StringComparison.Ordinal) == true),
            File.ReadLines("/proc/self/maps").Count(line => line.Contains(Nodes, StringComparison.Ordinal)),
            targets.Length,
            GC.GetTotalMemory(forceFullCollection: true),
            Process.GetCurrentProcess().WorkingSet64);
    }

    /// <summary>Asserts that nothing grows from cycle to cycle once the first ones have warmed everything up.</summary>
    public static void AssertFlat(IReadOnlyList<Footprint> cycles)
    {
        Footprint[] early = [.. cycles.Skip(2).Take(cycles.Count / 2)];
        Footprint[] late = [.. cycles.TakeLast(cycles.Count / 4)];
        Assert.InRange(late.Min(held => held.Descriptors), 0, early.Max(held => held.Descriptors) + DescriptorNoise);
        Assert.InRange(late.Min(held => held.ManagedBytes), 0, early.Max(held => held.ManagedBytes) + ManagedNoise);
    }
}

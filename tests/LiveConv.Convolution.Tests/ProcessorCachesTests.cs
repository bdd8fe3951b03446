using System.Globalization;

namespace LiveConv.Convolution.Tests;

public class ProcessorCachesTests
{
    private const string Processors = "/sys/devices/system/cpu";

    [SkippableFact]
    public void Machine_OnLinux_IsWhatTheKernelReportsOfAProcessor()
    {
        string[] folders = Directory.Exists(Processors)
            ? [.. Directory.GetDirectories(Processors, "cpu*").Select(cpu => cpu + "/cache").Where(Directory.Exists)]
            : [];
        Skip.If(
            ProcessorCaches.Machine == ProcessorCaches.Default || folders.Length == 0,
            "needs a processor that reports its caches, and Linux's sysfs");

        Assert.Contains(ProcessorCaches.Machine, folders.Select(OfKernel));
    }

    [Fact]
    public void Machine_Anywhere_HasCachesThatGrow()
    {
        ProcessorCaches caches = ProcessorCaches.Machine;

        Assert.InRange(caches.First, 4 << 10, 1 << 20);
        Assert.True(caches.Second > caches.First);
        Assert.InRange(caches.Reach, caches.Second / 4, long.MaxValue);
    }

    [Theory]
    [InlineData(32, 1024, 32 << 10, 8 << 10)]
    [InlineData(48, 2048, 260 << 10, 32 << 10)]
    [InlineData(64, 4096, 0, 4096)]
    public void Reach_IsAPartOfTheLastCache(long firstKilobytes, long secondKilobytes, long lastKilobytes, long expectedKilobytes) =>
        Assert.Equal(
            expectedKilobytes << 10, new ProcessorCaches(firstKilobytes << 10, secondKilobytes << 10, lastKilobytes << 10).Reach);

    private static ProcessorCaches OfKernel(string folder)
    {
        var sizes = new long[5];
        foreach (string cache in Directory.GetDirectories(folder, "index*").Order(StringComparer.Ordinal))
        {
            if (Read("type") != "Instruction")
            {
                sizes[int.Parse(Read("level"), CultureInfo.InvariantCulture)] =
                    long.Parse(Read("size").TrimEnd('K'), CultureInfo.InvariantCulture) << 10;
            }

            string Read(string name) => File.ReadAllText(Path.Combine(cache, name)).Trim();
        }

        return new(sizes[1], sizes[2], Math.Max(sizes[3], sizes[4]));
    }
}

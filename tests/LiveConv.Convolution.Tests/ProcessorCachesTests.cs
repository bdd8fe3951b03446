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

    [Theory]
    [InlineData(640, 480, 1, 32)]
    [InlineData(768, 480, 1, 32)]
    [InlineData(800, 600, 1, 24)]
    [InlineData(1280, 500, 1, 16)]
    [InlineData(1280, 720, 1, 8)]
    [InlineData(3840, 2160, 1, 8)]
    [InlineData(640, 480, 2, 16)]
    [InlineData(3840, 2160, 2, 16)]
    public void WholeRows_OfATile_AreFewerWhereTheImageLeavesTheCaches(int width, int height, int threads, int expected)
    {
        using var workers = new WorkerPool(threads);

        Assert.Equal(expected, TileRows.Whole(width, 3L * width * height, workers, new(48 << 10, 2 << 20, 260 << 20)));
    }

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

using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class PngSnapshotTests
{
    [SkippableFact]
    public void Save_Maps_AreTheImagesPixels()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        using var maker = new MapMaker(63, 41);
        using EdgeMaps maps = maker.Next(default);

        string first = PngSnapshot.Save(maps, directory.Directory, TimeProvider.System);
        string second = PngSnapshot.Save(maps, directory.Directory, TimeProvider.System);

        Assert.Equal(MapMaker.SideBySide(maps), Tools.FFmpeg("-i", first, "-f", "rawvideo", "-pix_fmt", "gray", "-"));
        Assert.Equal("126", Probe.Stream(first, "width"));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Save_NowhereToWrite_SaysSo()
    {
        using var maker = new MapMaker(16, 16);
        using EdgeMaps maps = maker.Next(default);

        Assert.Throws<LiveConvException>(() => PngSnapshot.Save(maps, "/nonexistent", TimeProvider.System));
    }
}

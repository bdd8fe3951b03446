namespace LiveConv.Media.Tests;

public class FFmpegToolTests
{
    [Theory]
    [InlineData("ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers", 5, 1)]
    [InlineData("ffmpeg version n7.1 Copyright", 7, 1)]
    [InlineData("ffmpeg version 2024-12-19-git-494c961379-full_build\nlibavutil      59. 49.100 / 59. 49.100", 5, 1)]
    [InlineData("ffmpeg version N-92722-gf22fcd4483 Copyright\nlibavutil      56. 24.101 / 56. 24.101\n", 0, 0)]
    [InlineData("ffmpeg version N-102631-gbaf5cc5b7a Copyright\nlibavutil      57.  0.100 / 57.  0.100\n", 4, 4)]
    [InlineData("ffmpeg version N-113007-g8d24a28d06 Copyright\nlibavutil      58. 36.100 / 58. 36.100\n", 5, 1)]
    [InlineData("ffmpeg version git-2020-01-01-abcdef\nlibavutil      56. 36.101\n", 0, 0)]
    public void Version_IsTheReleasesOrThatOfItsLibraries(string report, int major, int minor) =>
        Assert.Equal((major, minor), FFmpegTool.VersionIn(report));

    [Fact]
    public void Version_OfSomethingElse_IsUnknown() => Assert.Null(FFmpegTool.VersionIn("ffmpeg version unknown"));
}

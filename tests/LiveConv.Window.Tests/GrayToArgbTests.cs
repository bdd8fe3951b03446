namespace LiveConv.Window.Tests;

public class GrayToArgbTests
{
    [Fact]
    public void Convert_EveryWidth_MakesEachPixelAnOpaqueGrayAndTouchesNothingElse()
    {
        byte[] gray = [.. Enumerable.Range(0, 256).Select(i => (byte)(i * 37))];
        for (int width = 0; width <= gray.Length; width++)
        {
            uint[] argb = [.. Enumerable.Repeat(7u, width + 1)];

            GrayToArgb.Convert(gray.AsSpan(0, width), argb);

            for (int x = 0; x < width; x++)
            {
                Assert.Equal(0xFF000000u | ((uint)gray[x] << 16) | ((uint)gray[x] << 8) | gray[x], argb[x]);
            }

            Assert.Equal(7u, argb[width]);
        }
    }

    [Fact]
    public void Convert_TargetTooShort_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GrayToArgb.Convert(new byte[4], new uint[3]));
}

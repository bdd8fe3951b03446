using LiveConv.Convolution;

namespace LiveConv.Pipeline.Tests;

/// <summary>An overlaid image is what drawing the text into a copy of the whole image gives, and the image itself stays as it is.</summary>
public class TextOverlayTests
{
    private static readonly string[] Lines = ["Sobel", "30.0 fps, age 11 ms", "a line that is far too long for a small image"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 20)]
    [InlineData(90, 60)]
    [InlineData(640, 480)]
    [InlineData(3000, 37)]
    public void Over_AnySizeAndLines_IsTheTextInACopy(int width, int height)
    {
        using var image = new Plane<byte>(width, height);
        using var expected = new Plane<byte>(width, height);
        using var read = new Plane<byte>(width, height);
        using var overlay = new TextOverlay();
        var random = new Random(width);
        for (int top = 0; top <= Lines.Length; top++)
        {
            for (int bottom = 0; bottom <= Lines.Length; bottom++)
            {
                for (int y = 0; y < height; y++)
                {
                    random.NextBytes(image.Row(y));
                }

                expected.CopyFrom(image);
                TextBox.Draw(expected.View, Lines[..top]);
                TextBox.Draw(expected.View, Lines[..bottom], isAtBottom: true);
                byte[] before = Pixels(image);

                overlay.Over(image, Lines[..top], Lines[..bottom]).CopyTo(read.View);

                Assert.Equal(Pixels(expected), Pixels(read));
                Assert.Equal(before, Pixels(image));
            }
        }
    }

    private static byte[] Pixels(Plane<byte> plane)
    {
        byte[] pixels = new byte[plane.Width * plane.Height];
        plane.CopyTo(pixels);
        return pixels;
    }
}

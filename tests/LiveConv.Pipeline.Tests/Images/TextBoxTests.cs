using System.Text;
using LiveConv.Convolution;

namespace LiveConv.Pipeline.Tests;

public class TextBoxTests
{
    [Fact]
    public void PixelFont_DrawsLetters_AsTheyLook()
    {
        using var image = new Plane<byte>(12, 7);

        PixelFont.Draw(image.View, 0, 0, "A1", scale: 1);

        Assert.Equal(
            """
            .###....#...
            #...#..##...
            #...#...#...
            #...#...#...
            #####...#...
            #...#...#...
            #...#..###..
            """.ReplaceLineEndings("\n"),
            Text(image));
    }

    [Fact]
    public void PixelFont_Scaled_MakesEveryDotASquare()
    {
        using var small = new Plane<byte>(6, 7);
        using var large = new Plane<byte>(18, 21);

        PixelFont.Draw(small.View, 0, 0, "g", scale: 1);
        PixelFont.Draw(large.View, 0, 0, "g", scale: 3);

        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
            {
                Assert.Equal(small.Row(y / 3)[x / 3], large.Row(y)[x]);
            }
        }
    }

    [Fact]
    public void PixelFont_LetterBeyondAscii_IsABlock()
    {
        using var image = new Plane<byte>(5, 7);

        PixelFont.Draw(image.View, 0, 0, "é", scale: 1);

        Assert.DoesNotContain('.', Text(image));
    }

    [Fact]
    public void PixelFont_AllOfAscii_LooksDifferent()
    {
        var seen = new HashSet<string>();
        using var image = new Plane<byte>(5, 7);
        for (char letter = ' '; letter <= '~'; letter++)
        {
            image.Row(0).Clear();
            for (int y = 0; y < image.Height; y++)
            {
                image.Row(y).Clear();
            }

            PixelFont.Draw(image.View, 0, 0, letter.ToString(), scale: 1);
            Assert.True(seen.Add(Text(image)), $"{letter} looks like another letter");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(40, 20)]
    [InlineData(500, 4)]
    [InlineData(4, 500)]
    public void TextBox_ImageTooSmallForTheText_DrawsWhatFits(int width, int height)
    {
        using var image = new Plane<byte>(width, height);

        TextBox.Draw(image.View, ["a line that is far too long for this image", "and another", "and more"]);
        TextBox.Draw(image.View, ["a line that is far too long for this image", "and another", "and more"], isAtBottom: true);

        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Fact]
    public void TextBox_OverWhite_IsReadableAndLeavesTheRestAlone()
    {
        using var image = new Plane<byte>(200, 100);
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).Fill(255);
        }

        TextBox.Draw(image.View, ["abc"]);

        Assert.Equal(63, image.Row(0)[0]);
        Assert.Contains((byte)255, image.Row(8)[..26].ToArray());
        Assert.Equal(-1, image.Row(0)[26..].IndexOfAnyExcept((byte)255));
        Assert.Equal(-1, image.Row(17).IndexOfAnyExcept((byte)255));
    }

    [Fact]
    public void TextBox_AtTheBottom_TouchesTheLowerEdge()
    {
        using var image = new Plane<byte>(60, 60);
        image.Row(59).Fill(255);
        image.Row(0).Fill(255);

        TextBox.Draw(image.View, ["x"], isAtBottom: true);

        Assert.Equal(63, image.Row(59)[0]);
        Assert.Equal(255, image.Row(0)[0]);
    }

    private static string Text(Plane<byte> image)
    {
        var text = new StringBuilder();
        for (int y = 0; y < image.Height; y++)
        {
            foreach (byte pixel in image.Row(y))
            {
                text.Append(pixel == 0 ? '.' : '#');
            }

            text.Append(y < image.Height - 1 ? "\n" : "");
        }

        return text.ToString();
    }
}

using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>Draws lines of text into an image, white on a darkened background, so that they are readable over any edges.</summary>
public static class TextBox
{
    private const int Margin = 4;
    private const int MaxScale = 4;
    private const int SideOfScaleOne = 240;

    /// <summary>Draws the lines one below the other. What does not fit on the image is clipped.</summary>
    /// <param name="image">The image.</param>
    /// <param name="lines">The lines; letters beyond ASCII become blocks.</param>
    /// <param name="isAtBottom">True for the lower left corner; false for the upper left one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="lines"/> is null.</exception>
    public static void Draw(PlaneView<byte> image, IReadOnlyList<string> lines, bool isAtBottom = false)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0)
        {
            return;
        }

        int scale = ScaleOf(image);
        int width = (Longest(lines) * PixelFont.Advance * scale) + (2 * Margin);
        int height = Rows(image, lines);
        int top = isAtBottom ? image.Height - height : 0;
        Darken(image, top, Math.Min(width, image.Width), height);
        for (int i = 0; i < lines.Count; i++)
        {
            PixelFont.Draw(image, Margin, top + Margin + (i * PixelFont.LineHeight * scale), lines[i], scale);
        }
    }

    /// <summary>How many of the image's rows the lines cover.</summary>
    /// <param name="image">The image.</param>
    /// <param name="lines">The lines.</param>
    internal static int Rows(ReadOnlyPlaneView<byte> image, IReadOnlyList<string> lines) =>
        lines.Count == 0 ? 0 : Math.Min((lines.Count * PixelFont.LineHeight * ScaleOf(image)) + (2 * Margin), image.Height);

    private static int ScaleOf(ReadOnlyPlaneView<byte> image) =>
        Math.Clamp(Math.Min(image.Width, image.Height) / SideOfScaleOne, 1, MaxScale);

    private static int Longest(IReadOnlyList<string> lines)
    {
        int longest = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            longest = Math.Max(longest, lines[i].Length);
        }

        return longest;
    }

    private static void Darken(PlaneView<byte> image, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<byte> row = image.Row(y)[..width];
            for (int x = 0; x < row.Length; x++)
            {
                row[x] >>= 2;
            }
        }
    }
}

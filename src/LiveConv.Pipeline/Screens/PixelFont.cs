using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>A fixed font of 5x7 pixels for text drawn into an image: ASCII, and a block for everything else.</summary>
internal static partial class PixelFont
{
    private const int Columns = 5;
    private const int Rows = 7;
    private const char First = ' ';
    private const int PerBand = 16;
    private static readonly byte[][] Glyphs = Read();

    /// <summary>Width of a letter with the gap behind it.</summary>
    public const int Advance = Columns + 1;

    /// <summary>Height of a line with the gap below it.</summary>
    public const int LineHeight = Rows + 2;

    /// <summary>Draws a line of text in white. What does not fit on the image is left out.</summary>
    /// <param name="image">Where to draw.</param>
    /// <param name="left">Left edge of the first letter.</param>
    /// <param name="top">Upper edge of the letters.</param>
    /// <param name="text">The text.</param>
    /// <param name="scale">How many pixels a dot of the font is wide and high.</param>
    public static void Draw(PlaneView<byte> image, int left, int top, string text, int scale)
    {
        for (int row = 0; row < Rows * scale && top + row < image.Height; row++)
        {
            Span<byte> line = image.Row(top + row);
            for (int i = 0; i < text.Length; i++)
            {
                DrawRow(line, left + (i * Advance * scale), GlyphOf(text[i])[row / scale], scale);
            }
        }
    }

    private static void DrawRow(Span<byte> line, int left, byte dots, int scale)
    {
        for (int column = 0; column < Columns; column++)
        {
            int from = left + (column * scale);
            if ((dots >> column & 1) != 0 && from < line.Length)
            {
                line[from..Math.Min(from + scale, line.Length)].Fill(byte.MaxValue);
            }
        }
    }

    private static byte[] GlyphOf(char letter) => Glyphs[letter is >= First and <= '~' ? letter - First : Glyphs.Length - 1];

    // Bit 0 of a row is its leftmost dot.
    private static byte[][] Read()
    {
        string[][] bands = [.. Drawing.ReplaceLineEndings("\n").Split("\n\n").Select(band => band.Split('\n'))];
        var glyphs = new byte[bands.Length * PerBand][];
        for (int i = 0; i < glyphs.Length; i++)
        {
            glyphs[i] = new byte[Rows];
            for (int row = 0; row < Rows; row++)
            {
                string dots = bands[i / PerBand][row].Substring(i % PerBand * (Columns + 1), Columns);
                for (int column = 0; column < Columns; column++)
                {
                    glyphs[i][row] |= (byte)((dots[column] == '#' ? 1 : 0) << column);
                }
            }
        }

        return glyphs;
    }
}

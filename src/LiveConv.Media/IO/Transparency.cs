namespace LiveConv.Media;

/// <summary>Lays transparent pixels on white, as paper and most pages are.</summary>
public static class Transparency
{
    /// <summary>White in limited range.</summary>
    public const byte LimitedWhite = 235;

    /// <summary>Lays a row of pixels on white.</summary>
    /// <param name="white">The value of white.</param>
    /// <param name="alpha">The opacity of each pixel: 0 to 255.</param>
    /// <param name="row">The pixels; replaced.</param>
    public static void LayOn(byte white, ReadOnlySpan<byte> alpha, Span<byte> row)
    {
        for (int x = 0; x < row.Length; x++)
        {
            int opacity = alpha[x];
            row[x] = (byte)((row[x] * opacity + white * (255 - opacity) + 127) / 255);
        }
    }
}

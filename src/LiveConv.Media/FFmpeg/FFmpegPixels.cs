using LiveConv.Convolution;

namespace LiveConv.Media;

/// <summary>
/// Reads the pixels of FFmpeg's images: rounds deep ones to 8 bits, and lays transparent ones on white. Reuses its memory.
/// </summary>
/// <param name="reader">The stream of images.</param>
/// <param name="depth">Bits per sample, 8 to 16.</param>
/// <param name="hasAlpha">The alpha plane stands below the luma.</param>
internal sealed class FFmpegPixels(NutReader reader, int depth, bool hasAlpha)
{
    private byte[] deepRow = [];
    private byte[] alphaRow = [];

    /// <summary>Bits per sample of a layout of NUT; null for anything but a plane of integers.</summary>
    public static int? DepthOf(byte[] fourCc) => fourCc switch
    {
        [(byte)'Y', (byte)'8', (byte)'0', (byte)'0'] => 8,
        [(byte)'Y', (byte)'1', 0, var bits and >= 8 and <= 16] => bits,
        _ => null,
    };

    /// <summary>The bytes of an image of this size.</summary>
    public long SizeOf(int width, int height) => (long)width * height * (hasAlpha ? 2 : 1) * (depth > 8 ? 2 : 1);

    /// <summary>Reads the image that the reader has come to.</summary>
    /// <param name="luma">The destination, of the image's size.</param>
    /// <param name="isDeep">The decoded samples have more than 8 bits. FFmpeg keeps the depth of the first images.</param>
    /// <param name="white">The luma of white, for what is transparent.</param>
    /// <returns>False when the stream ends in the middle.</returns>
    public bool Read(Plane<byte> luma, bool isDeep, byte white)
    {
        for (int y = 0; y < luma.Height; y++)
        {
            if (!ReadRow(luma.Row(y), isDeep))
            {
                return false;
            }
        }

        if (!hasAlpha)
        {
            return true;
        }

        alphaRow = alphaRow.Length == luma.Width ? alphaRow : new byte[luma.Width];
        for (int y = 0; y < luma.Height; y++)
        {
            if (!ReadRow(alphaRow, isDeep))
            {
                return false;
            }

            Transparency.LayOn(white, alphaRow, luma.Row(y));
        }

        return true;
    }

    private bool ReadRow(Span<byte> row, bool isDeep)
    {
        if (depth == 8)
        {
            return reader.ReadData(row);
        }

        deepRow = deepRow.Length == 2 * row.Length ? deepRow : new byte[2 * row.Length];
        if (!reader.ReadData(deepRow))
        {
            return false;
        }

        if (isDeep)
        {
            DeepSamples.ToBytes(deepRow, depth, row);
        }
        else
        {
            DeepSamples.HighBytes(deepRow, depth, row);
        }

        return true;
    }
}

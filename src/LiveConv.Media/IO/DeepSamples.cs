using System.Buffers.Binary;

namespace LiveConv.Media;

/// <summary>Converts little-endian samples of 9 to 16 bits to bytes.</summary>
internal static class DeepSamples
{
    /// <summary>Rounds samples to 8 bits, saturating: 10 bits 1023 is 255.</summary>
    /// <param name="samples">Two bytes per sample.</param>
    /// <param name="depth">Bits per sample, 9 to 16.</param>
    /// <param name="target">One byte per sample.</param>
    public static void ToBytes(ReadOnlySpan<byte> samples, int depth, Span<byte> target)
    {
        int shift = depth - 8;
        int half = 1 << (shift - 1);
        for (int i = 0; i < target.Length; i++)
        {
            int sample = BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * i)..]);
            target[i] = (byte)Math.Min(255, (sample + half) >> shift);
        }
    }

    /// <summary>Takes back samples of 8 bits that were widened by repeating their high bits.</summary>
    /// <param name="samples">Two bytes per sample.</param>
    /// <param name="depth">Bits per sample, 9 to 16.</param>
    /// <param name="target">One byte per sample.</param>
    public static void HighBytes(ReadOnlySpan<byte> samples, int depth, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (byte)(BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * i)..]) >> (depth - 8));
        }
    }
}

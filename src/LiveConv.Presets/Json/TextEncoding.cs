using System.Buffers;
using System.Text;

namespace LiveConv.Presets;

/// <summary>Recognizes files that an editor saved in another encoding than UTF-8.</summary>
public static class TextEncoding
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>A text without the byte order mark that some editors put before UTF-8.</summary>
    /// <param name="text">The bytes.</param>
    /// <returns>The bytes behind the mark, or all of them.</returns>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;

    /// <summary>Checks that bytes are text in UTF-8.</summary>
    /// <param name="text">The bytes, without a byte order mark of UTF-8.</param>
    /// <returns>The line of the first byte that is not UTF-8, from 1, and the reason; null when all are.</returns>
    public static (long Line, string Reason)? FaultOf(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith<byte>([0xFF, 0xFE, 0, 0]) || text.StartsWith<byte>([0, 0, 0xFE, 0xFF]))
        {
            return (1, "the file is UTF-32; save it as UTF-8");
        }

        if (text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF])
            || text[..Math.Min(2, text.Length)].Contains((byte)0))
        {
            return (1, "the file is UTF-16; save it as UTF-8");
        }

        for (int at = 0, length; at < text.Length; at += length)
        {
            if (Rune.DecodeFromUtf8(text[at..], out _, out length) != OperationStatus.Done)
            {
                return (text[..at].Count((byte)'\n') + 1, "this line is not UTF-8; save the file as UTF-8");
            }
        }

        return null;
    }
}

using System.Globalization;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>Makes bytes that are nearly right: of a corpus, with a few changes of the kinds that break parsers.</summary>
/// <param name="corpus">Inputs that are right.</param>
/// <param name="random">Chance.</param>
internal sealed class Mutator(IEnumerable<byte[]> corpus, Random random)
{
    private const int MaxKept = 20_000;
    private const int MaxBytes = 1 << 16;
    private readonly List<byte[]> corpus = [.. corpus];

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "-1", "0", "1e999", "-0", "2147483648", "4294967296", "9223372036854775807", "18446744073709551616", "65535",
            "NaN", "null", "[]",
            "{}", "\"", "'", "[[[[[[[[", "]", "}", ",", ":", "\\u0000", "\\", "\0", "\n", "\r\n", "\t", " ", "%", "../",
            "\ud7ff", "𝟏", "\u202E",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x80], [0xC0, 0xAF], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0],
    ];

    /// <summary>How many inputs it changes.</summary>
    public int Kept => corpus.Count;

    /// <summary>Takes an input that is worth changing further.</summary>
    /// <param name="bytes">The input.</param>
    public void Keep(byte[] bytes)
    {
        if (corpus.Count < MaxKept)
        {
            corpus.Add(bytes);
        }
    }

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        byte[] bytes = corpus[random.Next(corpus.Count)];
        for (int changes = 1 + random.Next(6); changes > 0; changes--)
        {
            bytes = Change(bytes);
        }

        return bytes.Length <= MaxBytes ? bytes : bytes[..MaxBytes];
    }

    private byte[] Change(byte[] bytes)
    {
        int at = random.Next(bytes.Length + 1);
        int length = random.Next(1 + Math.Min(bytes.Length - at, 1 << random.Next(12)));
        return random.Next(9) switch
        {
            0 => Replace(bytes, at, length, []),
            1 => Replace(bytes, at, 0, bytes.AsSpan(at, length)),
            2 => Replace(bytes, at, 0, Tokens[random.Next(Tokens.Length)]),
            3 => Replace(bytes, at, length, Tokens[random.Next(Tokens.Length)]),
            4 => bytes[..at],
            5 => Splice(bytes, at),
            6 => Number(bytes),
            _ => Flip(bytes, at),
        };
    }

    private byte[] Splice(byte[] bytes, int at)
    {
        byte[] other = corpus[random.Next(corpus.Count)];
        return [.. bytes.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))];
    }

    // A number of the text becomes another one.
    private byte[] Number(byte[] bytes)
    {
        int start = Array.FindIndex(bytes, random.Next(bytes.Length + 1), IsDigit);
        if (start < 0)
        {
            return bytes;
        }

        int end = start;
        while (end < bytes.Length && IsDigit(bytes[end]))
        {
            end++;
        }

        long number = random.Next(4) switch
        {
            0 => random.Next(20),
            1 => 1L << random.Next(63),
            2 => (1L << random.Next(63)) - 1,
            _ => random.NextInt64(),
        };
        return Replace(bytes, start, end - start, Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    private byte[] Flip(byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        if (at < changed.Length)
        {
            changed[at] = random.Next(2) == 0 ? (byte)(changed[at] ^ (1 << random.Next(8))) : (byte)random.Next(256);
        }

        return changed;
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    private static byte[] Replace(byte[] bytes, int at, int length, ReadOnlySpan<byte> with) =>
        [.. bytes.AsSpan(0, at), .. with, .. bytes.AsSpan(at + length)];
}

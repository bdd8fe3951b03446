using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// Knows the binary PNM images whose white FFmpeg turns to black: it scales by a rounded factor, and the highest value overflows.
/// </summary>
internal static partial class PnmHeader
{
    private const int MaxHeader = 1024;

    /// <summary>Why an image cannot be read rightly; null for most images, and for what is none.</summary>
    /// <param name="path">A file.</param>
    public static string? FaultOf(string path)
    {
        if (!FileIdentity.IsPlain(path) || Header().Match(ReadHead(path)) is not { Success: true } header)
        {
            return null;
        }

        int max = int.Parse(header.Groups["max"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return !Overflows(max) ? null
            : $"ffmpeg would turn white to black in an image with values to {max}: save it with values to "
            + $"{(max > 255 ? 65535 : 255)}, or as .png";
    }

    // As in pnmdec.c: a factor of 7 or 15 binary places, for 8 or 16 bits.
    private static bool Overflows(int max)
    {
        (long white, int places) = max > byte.MaxValue ? (ushort.MaxValue, 15) : (byte.MaxValue, 7);
        long factor = max is < 1 or byte.MaxValue or >= ushort.MaxValue ? 0 : ((white << places) + max / 2) / max;
        return (max * factor + (1L << (places - 1))) >> places > white;
    }

    private static string ReadHead(string path)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
            byte[] head = new byte[MaxHeader];
            return System.Text.Encoding.Latin1.GetString(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // FFmpeg finds the same, and its reason is shown.
            return "";
        }
    }

    [GeneratedRegex(@"^(?:P[56](?:\s|#.*\n)+\d+(?:\s|#.*\n)+\d+(?:\s|#.*\n)+(?<max>\d{1,5})\s|P7\n(?:.*\n){0,9}?MAXVAL (?<max>\d{1,5})\n)")]
    private static partial Regex Header();
}

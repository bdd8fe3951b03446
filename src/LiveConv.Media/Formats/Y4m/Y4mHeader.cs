using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The first line of a Y4M stream.</summary>
/// <param name="Width">Width in pixels, 1 to 65535.</param>
/// <param name="Height">Height in pixels, 1 to 65535.</param>
/// <param name="RateNumerator">The numerator of the frames per second; 0 when unspecified.</param>
/// <param name="RateDenominator">The denominator; at least 1. The rate is from 0.001 to 10000.</param>
/// <param name="Chroma">The layout of the samples.</param>
/// <param name="ChromaTag">The colour tag as written; null when there was none.</param>
/// <param name="Meaning">How the pixels are meant.</param>
internal sealed record Y4mHeader(
    int Width, int Height, int RateNumerator, int RateDenominator, Y4mChroma Chroma, string? ChromaTag, StreamFormat Meaning)
{
    public const string Magic = "YUV4MPEG2";
    private const string RangeTag = "COLORRANGE=";
    private const int MaxSide = 65535;

    // Twice that of 16K. A header of a few bytes must not allocate all the memory.
    private const long MaxPixels = 1 << 28;
    private const double MinFps = 0.001;
    private const double MaxFps = 10_000;

    /// <summary>Frames per second; 25 for 0:0 (unknown), as other programs assume.</summary>
    public double Fps => RateNumerator == 0 ? 25 : (double)RateNumerator / RateDenominator;

    /// <summary>Reads the line without its line feed; a carriage return before that, which some programs write, is ignored.</summary>
    /// <exception cref="FormatException">Not a header; the message says why.</exception>
    public static Y4mHeader Parse(string line)
    {
        string[] words = line.TrimEnd('\r').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0] != Magic)
        {
            throw new FormatException($"a Y4M stream starts with {Magic}");
        }

        int width = 0;
        int height = 0;
        (int Numerator, int Denominator) rate = (0, 1);
        string? tag = null;
        string? range = null;
        PixelAspect aspect = PixelAspect.Square;
        foreach (string word in words.AsSpan(1))
        {
            string value = word[1..];
            switch (word[0])
            {
                case 'W':
                    width = Side(word, value);
                    break;
                case 'H':
                    height = Side(word, value);
                    break;
                case 'F':
                    rate = Rate(word, value);
                    break;
                case 'C':
                    tag = value;
                    break;
                case 'A':
                    aspect = Aspect(value);
                    break;
                case 'X' when value.StartsWith(RangeTag, StringComparison.Ordinal):
                    range = value[RangeTag.Length..];
                    break;
            }
        }

        if (width == 0 || height == 0)
        {
            throw new FormatException("the header has no width or no height");
        }

        if ((long)width * height > MaxPixels)
        {
            throw new FormatException($"{width}x{height} is too large: an image has at most {MaxPixels} pixels");
        }

        Y4mChroma chroma = tag is null
            ? Y4mChroma.Default
            : Y4mChroma.Parse(tag) ?? throw new FormatException($"unknown colour format \"C{Shown(tag)}\"");

        // Without a tag gray has full range and everything else limited range for the programs that read it.
        bool isFull = chroma.Across == 0 || range == "FULL";
        var meaning = new StreamFormat { Range = isFull ? LumaRange.Full : LumaRange.Limited, Aspect = aspect };
        return new Y4mHeader(width, height, rate.Numerator, rate.Denominator, chroma, tag, meaning);
    }

    private static int Side(string word, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= MaxSide
            ? side
            : throw new FormatException($"\"{Shown(word)}\" is no size from 1 to {MaxSide}");

    // 0:0 is unknown, and nothing depends on a shape that is none.
    private static PixelAspect Aspect(string value) =>
        value.Split(':') is [var x, var y]
        && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out int across)
        && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out int down)
            ? PixelAspect.Of(across, down)
            : PixelAspect.Square;

    private static (int Numerator, int Denominator) Rate(string word, string value)
    {
        string[] parts = value.Split(':');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int numerator)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
            && (numerator == 0 || (denominator > 0 && (double)numerator / denominator is >= MinFps and <= MaxFps)))
        {
            return (numerator, Math.Max(1, denominator));
        }

        throw new FormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"\"{Shown(word)}\" is no frame rate like F30:1, from {MinFps} to {MaxFps} a second"));
    }

    // A broken stream can contain anything; a one-line message cannot.
    private static string Shown(string text) =>
        string.Concat(text.Take(24).Select(c => char.IsAsciiLetterOrDigit(c) || char.IsPunctuation(c) ? c : '?'));
}

using System.Globalization;

namespace LiveConv.App;

/// <summary>A range of a video: from frame <paramref name="First"/> to frame <paramref name="Last"/>, both included, from 0.</summary>
/// <param name="First">The first frame.</param>
/// <param name="Last">The last frame; null for the video's end.</param>
internal readonly record struct FrameSpan(long First, long? Last)
{
    public static FrameSpan Whole { get; } = new(0, null);

    /// <summary>Reads <c>A..B</c>, <c>A..</c> or <c>..B</c>.</summary>
    public static bool TryParse(string text, out FrameSpan? span)
    {
        span = null;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0 || text.Length == 2)
        {
            return false;
        }

        long first = 0;
        long last = long.MaxValue;
        if (!TryRead(text.AsSpan(0, dots), ref first) || !TryRead(text.AsSpan(dots + 2), ref last) || last < first)
        {
            return false;
        }

        span = new FrameSpan(first, last == long.MaxValue ? null : last);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, ref long value) =>
        digits.IsEmpty || (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < long.MaxValue);
}

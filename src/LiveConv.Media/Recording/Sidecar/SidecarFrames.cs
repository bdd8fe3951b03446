using System.Buffers.Text;
using System.Globalization;

namespace LiveConv.Media;

/// <summary>The frames in the text of a sidecar that is still open behind them.</summary>
internal sealed class SidecarFrames
{
    private readonly byte[] text;
    private readonly int begin;
    private readonly List<int> ends = [];

    private SidecarFrames(byte[] text, int begin)
    {
        this.text = text;
        this.begin = begin;
    }

    /// <summary>The time of each frame.</summary>
    public List<TimeSpan> Times { get; } = [];

    /// <summary>A frame's time in the text: milliseconds, to the microsecond.</summary>
    public static string TextOf(TimeSpan at) => at.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Reads the frames.</summary>
    /// <param name="text">Everything up to the last frame; kept.</param>
    /// <param name="begin">Where the frames begin, behind the bracket.</param>
    public static SidecarFrames Parse(byte[] text, int begin)
    {
        var noted = new SidecarFrames(text, begin);
        for (int at = begin; at < text.Length;)
        {
            if (text[at] is (byte)',' or (byte)' ' or (byte)'\n')
            {
                at++;
                continue;
            }

            if (!Utf8Parser.TryParse(text.AsSpan(at), out double milliseconds, out int length))
            {
                break;
            }

            at += length;
            noted.Times.Add(TimeSpan.FromMilliseconds(milliseconds));
            noted.ends.Add(at);
        }

        return noted;
    }

    /// <summary>How many frames there are up to so long before the last.</summary>
    public int CountUpTo(TimeSpan beforeLast) => Times.Count(at => at < Times[^1] - beforeLast);

    /// <summary>The text up to the first frames.</summary>
    public ReadOnlySpan<byte> TextOf(int frames) => text.AsSpan(0, frames == 0 ? begin : ends[frames - 1]);
}

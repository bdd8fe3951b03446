using System.Globalization;

namespace LiveConv.Media;

/// <summary>The meaning of a Y4M colour tag for a reader of the luma: its depth, and the number of chroma bytes to skip.</summary>
/// <param name="Depth">Bits per sample, 8 to 16.</param>
/// <param name="Across">The horizontal subsampling of the chroma planes; 0 when there are none.</param>
/// <param name="Down">The vertical subsampling of the chroma planes.</param>
/// <param name="HasAlpha">A plane as large as the luma follows the chroma.</param>
internal readonly record struct Y4mChroma(int Depth, int Across, int Down, bool HasAlpha)
{
    /// <summary>The layout of a file without a colour tag.</summary>
    public static Y4mChroma Default { get; } = new(8, 2, 2, HasAlpha: false);

    public int BytesPerSample => Depth > 8 ? 2 : 1;

    /// <summary>Reads a tag without its leading C: <c>420jpeg</c>, <c>422p10</c>, <c>mono</c>, …</summary>
    /// <returns>Null for an unknown tag.</returns>
    public static Y4mChroma? Parse(string tag)
    {
        if (tag.StartsWith("mono", StringComparison.Ordinal))
        {
            return tag.Length == 4 ? new(8, 0, 0, HasAlpha: false) : WithDepth(new(8, 0, 0, HasAlpha: false), tag[4..]);
        }

        // mpeg2, paldv and jpeg differ in the position of chroma samples; the luma is the same.
        return tag switch
        {
            "420" or "420jpeg" or "420mpeg2" or "420paldv" => Default,
            "411" => new(8, 4, 1, HasAlpha: false),
            "410" => new(8, 4, 4, HasAlpha: false),
            "422" => new(8, 2, 1, HasAlpha: false),
            "440" => new(8, 1, 2, HasAlpha: false),
            "444" => new(8, 1, 1, HasAlpha: false),
            "444alpha" => new(8, 1, 1, HasAlpha: true),
            _ when tag.IndexOf('p', StringComparison.Ordinal) == 3 && Parse(tag[..3]) is { } shape => WithDepth(shape, tag[4..]),
            _ => null,
        };
    }

    /// <summary>Bytes of chroma after the luma of one frame.</summary>
    public long BytesOfChroma(int width, int height) =>
        Across == 0 ? 0 : 2L * ((width + Across - 1) / Across) * ((height + Down - 1) / Down) * BytesPerSample;

    private static Y4mChroma? WithDepth(Y4mChroma shape, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int depth) && depth is >= 8 and <= 16
            ? shape with { Depth = depth }
            : null;
}

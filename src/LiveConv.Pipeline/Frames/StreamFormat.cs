namespace LiveConv.Pipeline;

/// <summary>
/// How the pixels of a stream are meant: beside its size, what a recording and a screen need to show them as the source does. Immutable;
/// shared by all frames up to a change. Two frames of unequal formats belong to different recordings.
/// </summary>
public sealed record StreamFormat
{
    /// <summary>Full range, square pixels, nothing else known.</summary>
    public static StreamFormat Default { get; } = new();

    /// <summary>What the luma means.</summary>
    public LumaRange Range { get; init; }

    /// <summary>The shape of a pixel.</summary>
    public PixelAspect Aspect { get; init; } = PixelAspect.Square;

    /// <summary>FFmpeg's name of the colour matrix, such as bt709; null when unknown.</summary>
    public string? Matrix { get; init; }

    /// <summary>FFmpeg's name of the colour primaries; null when unknown.</summary>
    public string? Primaries { get; init; }

    /// <summary>FFmpeg's name of the transfer characteristics; null when unknown.</summary>
    public string? Transfer { get; init; }

    /// <summary>The number of changes of the format so far: the images before and after a change are two streams, even when all else is
    /// equal, as after half a turn.</summary>
    public int Change { get; init; }
}

/// <summary>What luma values mean. Kernels get the values as they are.</summary>
public enum LumaRange
{
    /// <summary>0 is black, 255 is white.</summary>
    Full,

    /// <summary>16 is black, 235 is white, as in most videos.</summary>
    Limited,
}

/// <summary>The shape of a pixel as it is to be shown.</summary>
/// <param name="Width">The relative width, at least 1.</param>
/// <param name="Height">The relative height, at least 1.</param>
public readonly record struct PixelAspect(int Width, int Height)
{
    /// <summary>A square pixel.</summary>
    public static PixelAspect Square { get; } = new(1, 1);

    /// <summary>The shape that a file states.</summary>
    /// <param name="width">The relative width; 0 for unknown.</param>
    /// <param name="height">The relative height; 0 for unknown.</param>
    /// <returns>The shape; a square where it is unknown, or such as nobody makes on purpose.</returns>
    public static PixelAspect Of(int width, int height) =>
        width > 0 && height > 0 && width != height && (double)width / height is >= 0.01 and <= 100 ? new(width, height) : Square;

    /// <summary>Width by height.</summary>
    public double Ratio => (double)Width / Height;

    /// <summary>True for square pixels.</summary>
    public bool IsSquare => Width == Height;

    /// <summary>The text form: <c>64:45</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Width}:{Height}");
}

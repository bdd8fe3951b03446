using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The format that the driver actually delivers, as read back from it.</summary>
/// <param name="Code">Pixel format.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Pitch">Bytes from row to row; 0 for compressed formats.</param>
/// <param name="Fps">Frames per second; null when the driver does not report it.</param>
internal sealed record Granted(FourCc Code, int Width, int Height, int Pitch, double? Fps)
{
    /// <summary>How the luma is meant.</summary>
    public StreamFormat Meaning { get; init; } = StreamFormat.Default;

    /// <summary>How to extract the luma; null for JPEG.</summary>
    public LumaFormat? Luma { get; } = LumaFormats.Find(Code);

    public static Granted Of(in ImageFormat image, double? fps) =>
        new(new FourCc(image.PixelFormat), (int)image.Width, (int)image.Height, PitchOf(image), fps)
        {
            Meaning = new StreamFormat { Range = RangeOf(image) },
        };

    /// <summary>True when an image has all its bytes. Cheap: the content of compressed images is not examined.</summary>
    public bool IsWhole(ReadOnlySpan<byte> image) => Luma is { } luma
        ? image.Length >= LumaExtraction.BytesNeeded(luma, Height, Width, Pitch)
        : JpegFrame.LooksWhole(image);

    /// <summary>True when images of the other format can be read as this one.</summary>
    public bool Fits(in ImageFormat image) =>
        image.PixelFormat == Code.Value && image.Width == Width && image.Height == Height && PitchOf(image) == Pitch
        && RangeOf(image) == Meaning.Range;

    // V4L2_MAP_QUANTIZATION_DEFAULT of videodev2.h. JPEG has full range, and so has gray everywhere in this program.
    private static LumaRange RangeOf(in ImageFormat image) =>
        LumaFormats.Find(new FourCc(image.PixelFormat)) is not { HasColor: true }
        || image.Quantization == Quantization.Full
        || (image.Quantization != Quantization.Limited && image.ColorSpace == Constants.JpegColorSpace)
            ? LumaRange.Full
            : LumaRange.Limited;

    // Old drivers omit the pitch, or report that of the smallest possible row.
    private static int PitchOf(in ImageFormat image) =>
        Math.Max((int)image.BytesPerLine, LumaFormats.Find(new FourCc(image.PixelFormat))?.RowBytes((int)image.Width) ?? 0);
}

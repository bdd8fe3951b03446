using LiveConv.Media.Jpeg;
using LiveConv.Media.Luma;

namespace LiveConv.Media.V4l2;

/// <summary>What the driver really delivers, as read back from it.</summary>
/// <param name="Code">Pixel format.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Pitch">Bytes from row to row; 0 when rows have no meaning.</param>
/// <param name="Fps">Frames per second; null when the driver does not say.</param>
internal sealed record Granted(FourCc Code, int Width, int Height, int Pitch, double? Fps)
{
    /// <summary>How to take the luma out; null for JPEG.</summary>
    public LumaFormat? Luma { get; } = LumaFormats.Find(Code);

    public static Granted Of(in PictureFormat picture, double? fps) =>
        new(new FourCc(picture.PixelFormat), (int)picture.Width, (int)picture.Height, PitchOf(picture), fps);

    /// <summary>True when a picture has all its bytes. Cheap: what a compressed picture holds inside is not looked at.</summary>
    public bool IsWhole(ReadOnlySpan<byte> picture) => Luma is { } luma
        ? picture.Length >= LumaExtraction.BytesNeeded(luma, Height, Width, Pitch)
        : JpegFrame.LooksWhole(picture);

    /// <summary>True when pictures of the other format can be read as this one.</summary>
    public bool Fits(in PictureFormat picture) =>
        picture.PixelFormat == Code.Value && picture.Width == Width && picture.Height == Height && PitchOf(picture) == Pitch;

    // Old drivers leave the pitch out, or give that of the smallest row there could be.
    private static int PitchOf(in PictureFormat picture) =>
        Math.Max((int)picture.BytesPerLine, LumaFormats.Find(new FourCc(picture.PixelFormat))?.RowBytes((int)picture.Width) ?? 0);
}

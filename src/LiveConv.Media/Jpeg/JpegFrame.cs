namespace LiveConv.Media;

/// <summary>Checks a JPEG's markers: cheap enough for every image, and finds damage that decoders conceal.</summary>
internal static class JpegFrame
{
    private static ReadOnlySpan<byte> Start => [0xff, 0xd8];

    private static ReadOnlySpan<byte> End => [0xff, 0xd9];

    private static ReadOnlySpan<byte> Scan => [0xff, 0xda];

    /// <summary>
    /// True when the image has a JPEG's start and end markers; one that was cut off has no end, because within an image's data the
    /// end's two bytes never occur together. After the end comes the camera's padding: zeros, or remains of older images.
    /// </summary>
    public static bool LooksWhole(ReadOnlySpan<byte> jpeg) => jpeg.StartsWith(Start) && jpeg.LastIndexOf(End) > Start.Length;

    /// <summary>True when an end marker stands behind the last of an image's scans: one in front of them is a preview's.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> jpeg) => jpeg.LastIndexOf(End) > jpeg.LastIndexOf(Scan);
}

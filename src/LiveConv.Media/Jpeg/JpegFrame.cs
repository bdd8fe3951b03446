namespace LiveConv.Media;

/// <summary>Looks at a JPEG's outside: cheap enough for every image, and finds the damage that decoders paint over.</summary>
internal static class JpegFrame
{
    private static ReadOnlySpan<byte> Start => [0xff, 0xd8];

    private static ReadOnlySpan<byte> End => [0xff, 0xd9];

    /// <summary>
    /// True when the image begins as a JPEG does, and has an end; one that was cut off has none, for inside an image's data the
    /// end's two bytes never stand together. What comes behind the end is the camera's padding: zeros, or remains of older images.
    /// </summary>
    public static bool LooksWhole(ReadOnlySpan<byte> jpeg) => jpeg.StartsWith(Start) && jpeg.LastIndexOf(End) > Start.Length;
}

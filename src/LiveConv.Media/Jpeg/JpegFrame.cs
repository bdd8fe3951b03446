namespace LiveConv.Media.Jpeg;

/// <summary>Looks at a JPEG's outside: cheap enough for every picture, and finds the damage that decoders paint over.</summary>
internal static class JpegFrame
{
    private const byte Mark = 0xff;
    private const byte Start = 0xd8;
    private const byte End = 0xd9;

    /// <summary>
    /// True when the picture begins and ends as a JPEG does. Cameras pad their buffers with zeros behind the end, so the end is
    /// looked for from the back; a picture that was cut off has none.
    /// </summary>
    public static bool LooksWhole(ReadOnlySpan<byte> jpeg)
    {
        int end = jpeg.LastIndexOf(End);
        return jpeg.Length >= 4 && jpeg[0] == Mark && jpeg[1] == Start && end > 2 && jpeg[end - 1] == Mark
            && !jpeg[(end + 1)..].ContainsAnyExcept((byte)0);
    }
}

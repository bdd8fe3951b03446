using System.Buffers.Binary;

namespace LiveConv.Page;

/// <summary>
/// The 64 bytes before the pixels of an image message; little-endian. The page reads them in <c>image.js</c>; both sides and
/// docs/protocol.md change together.
/// </summary>
internal static class ImageHeader
{
    /// <summary>Version of the layout.</summary>
    public const byte Version = 1;

    /// <summary>Bytes before the first plane.</summary>
    public const int Size = 64;

    /// <summary>Set in the flags when the image is shown again and has no age.</summary>
    public const byte RepeatFlag = 1;

    private const byte JpegFormat = 1;
    private const int NumberAt = 4;
    private const int SequenceAt = 8;
    private const int AgeAt = 16;
    private const int PlanesAt = 24;
    private const int PlaneEntry = 8;

    /// <summary>Writes everything but the planes' sizes.</summary>
    /// <param name="header">At least <see cref="Size"/> bytes.</param>
    /// <param name="isJpeg">The planes are JPEG files.</param>
    /// <param name="isRepeat">The image is shown again.</param>
    /// <param name="number">The number that the page acknowledges.</param>
    /// <param name="sequence">The frame's number in its source.</param>
    /// <param name="ageMs">How old the frame is now, in milliseconds.</param>
    public static void Write(Span<byte> header, bool isJpeg, bool isRepeat, uint number, long sequence, float ageMs)
    {
        header[..Size].Clear();
        header[0] = Version;
        header[1] = isJpeg ? JpegFormat : (byte)0;
        header[2] = isRepeat ? RepeatFlag : (byte)0;
        header[3] = Size;
        BinaryPrimitives.WriteUInt32LittleEndian(header[NumberAt..], number);
        BinaryPrimitives.WriteInt64LittleEndian(header[SequenceAt..], sequence);
        BinaryPrimitives.WriteSingleLittleEndian(header[AgeAt..], ageMs);
    }

    /// <summary>Writes one plane's size. The planes follow the header in their order, without gaps.</summary>
    /// <param name="header">At least <see cref="Size"/> bytes.</param>
    /// <param name="plane">0 vertical edges, 1 horizontal edges, 2 the camera's image. A plane that is not sent has no bytes.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="bytes">Bytes that the plane takes.</param>
    public static void WritePlane(Span<byte> header, int plane, int width, int height, int bytes)
    {
        Span<byte> entry = header[(PlanesAt + (plane * PlaneEntry))..];
        BinaryPrimitives.WriteUInt16LittleEndian(entry, checked((ushort)width));
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], checked((ushort)height));
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], bytes);
    }
}

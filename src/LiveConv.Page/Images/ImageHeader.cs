using System.Buffers.Binary;
using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>
/// The 88 bytes before the pixels of an image message; little-endian. The page reads them in <c>image.js</c>; both sides and
/// docs/protocol.md change together.
/// </summary>
internal static class ImageHeader
{
    /// <summary>Version of the layout.</summary>
    public const byte Version = 1;

    /// <summary>Bytes before the first plane.</summary>
    public const int Size = 88;

    /// <summary>Set in the flags when the image is shown again and has no age.</summary>
    public const byte RepeatFlag = 1;

    private const int SignedFlags = 1; // Their place in the flags, by the planes' order.
    private const byte JpegFormat = 1;
    private const int NumberAt = 4;
    private const int SequenceAt = 8;
    private const int AgeAt = 16;
    private const int PlanesAt = 24;
    private const int PlaneEntry = 8;
    private const int WholeAt = 48;
    private const int WholeEntry = 4;

    // Those of the planes that are there twice.
    private const int FirstPlanes = 3;
    private const int MorePlanesAt = 64;
    private const int MoreWholeAt = 80;

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

    /// <summary>Writes one plane's sizes. The planes follow the header in their order, without gaps.</summary>
    /// <param name="header">At least <see cref="Size"/> bytes.</param>
    /// <param name="index">The plane's place, by <see cref="PlaneName"/>. A plane that is not sent has no bytes.</param>
    /// <param name="plane">The plane as it is sent.</param>
    /// <param name="whole">The plane before it was reduced.</param>
    /// <param name="bytes">Bytes that the plane takes.</param>
    /// <param name="isSigned">Whether it is a map with its sign.</param>
    public static void WritePlane(Span<byte> header, int index, Plane<byte> plane, Plane<byte> whole, int bytes, bool isSigned)
    {
        int later = index - FirstPlanes;
        Span<byte> entry = header[(later < 0 ? PlanesAt + (index * PlaneEntry) : MorePlanesAt + (later * PlaneEntry))..];
        WriteSize(entry, plane);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], bytes);
        WriteSize(header[(later < 0 ? WholeAt + (index * WholeEntry) : MoreWholeAt + (later * WholeEntry))..], whole);
        header[2] |= (byte)((isSigned ? 1 : 0) << (SignedFlags + index));
    }

    private static void WriteSize(Span<byte> at, Plane<byte> plane)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, checked((ushort)plane.Width));
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], checked((ushort)plane.Height));
    }
}

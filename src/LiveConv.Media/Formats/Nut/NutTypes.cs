namespace LiveConv.Media;

/// <summary>The header of a NUT stream.</summary>
/// <param name="FourCc">The pixel layout as four bytes: Y800, or Y1 0 DEPTH for deeper gray.</param>
/// <param name="TimeBase">The index of its time base in the main header.</param>
/// <param name="PtsShift">The number of low bits in a short timestamp.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record NutStream(byte[] FourCc, int TimeBase, int PtsShift, int Width, int Height);

/// <summary>A frame that is about to be read.</summary>
/// <param name="Pts">Its time in the stream's time base.</param>
/// <param name="Time">Its time.</param>
/// <param name="Size">Its bytes.</param>
internal readonly record struct NutFrame(long Pts, TimeSpan Time, long Size);

/// <summary>The meaning of a frame's first byte.</summary>
internal readonly record struct NutFrameCode(NutFlags Flags, long PtsDelta, long SizeStep, long SizeLow, long Reserved, long HeaderIndex);

[Flags]
internal enum NutFlags
{
    None = 0,
    CodedPts = 1 << 3,
    StreamId = 1 << 4,
    SizeHigh = 1 << 5,
    Checksum = 1 << 6,
    Reserved = 1 << 7,
    SideData = 1 << 8,
    HeaderIndex = 1 << 10,
    MatchTime = 1 << 11,
    CodedFlags = 1 << 12,
    Invalid = 1 << 13,
}

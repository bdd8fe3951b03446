using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveConv.Media;

// The arguments of videodev2.h, field by field and in the kernel's order; nint is the kernel's "long" or a pointer.
[InlineArray(16)]
internal struct Text16
{
    private byte first;

    public override readonly string ToString() => Text.Read(this);
}

[InlineArray(32)]
internal struct Text32
{
    private byte first;

    public override readonly string ToString() => Text.Read(this);
}

[InlineArray(3)]
internal struct Reserved3
{
    private uint first;
}

[InlineArray(4)]
internal struct Reserved4
{
    private uint first;
}

[InlineArray(5)]
internal struct Reserved5
{
    private uint first;
}

/// <summary>VIDIOC_QUERYCAP.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Capability
{
    public Text16 Driver;
    public Text32 Card;
    public Text32 BusInfo;
    public uint Version;
    public uint Capabilities;
    public uint DeviceCapabilities;
    public Reserved3 Reserved;

    /// <summary>The capabilities of this node; older drivers report only those of the whole device.</summary>
    public readonly uint OfThisNode => (Capabilities & CapabilityBits.HasDeviceCapabilities) != 0 ? DeviceCapabilities : Capabilities;
}

/// <summary>VIDIOC_ENUM_FMT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FormatDescription
{
    public uint Index;
    public uint Type;
    public uint Flags;
    public Text32 Description;
    public uint PixelFormat;
    public uint MediaBusCode;
    public Reserved3 Reserved;
}

/// <summary>A fraction of a second, or of frames per second.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Fraction
{
    public uint Numerator;
    public uint Denominator;
}

/// <summary>VIDIOC_ENUM_FRAMESIZES. Discrete sizes use Min only.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FrameSize
{
    public uint Index;
    public uint PixelFormat;
    public uint Type;
    public uint MinWidthOrWidth;
    public uint MaxWidthOrHeight;
    public uint StepWidth;
    public uint MinHeight;
    public uint MaxHeight;
    public uint StepHeight;
    private readonly uint reserved0;
    private readonly uint reserved1;
}

/// <summary>VIDIOC_ENUM_FRAMEINTERVALS. Discrete intervals use Min only.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FrameInterval
{
    public uint Index;
    public uint PixelFormat;
    public uint Width;
    public uint Height;
    public uint Type;
    public Fraction Min;
    public Fraction Max;
    public Fraction Step;
    private readonly uint reserved0;
    private readonly uint reserved1;
}

/// <summary>The image part of a format.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageFormat
{
    public uint Width;
    public uint Height;
    public uint PixelFormat;
    public uint Field;
    public uint BytesPerLine;
    public uint SizeImage;
    public uint ColorSpace;
    public uint Private;
    public uint Flags;
    public uint Encoding;
    public uint Quantization;
    public uint TransferFunction;
}

/// <summary>VIDIOC_G_FMT and S_FMT: a union of 200 bytes, aligned like a pointer, of which only the image part is used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Format
{
    public uint Type;
    public FormatUnion Union;
}

[StructLayout(LayoutKind.Explicit, Size = 200)]
internal struct FormatUnion
{
    [FieldOffset(0)]
    public ImageFormat Image;

    [FieldOffset(0)]
    private readonly nint alignment;
}

/// <summary>VIDIOC_G_PARM and S_PARM, for capture.</summary>
[StructLayout(LayoutKind.Sequential, Size = 204)]
internal struct StreamParameters
{
    public uint Type;
    public uint Capability;
    public uint CaptureMode;
    public Fraction TimePerFrame;
    public uint ExtendedMode;
    public uint ReadBuffers;
    public Reserved4 Reserved;
}

/// <summary>VIDIOC_REQBUFS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BufferRequest
{
    public uint Count;
    public uint Type;
    public uint Memory;
    public uint Capabilities;
    public uint FlagsAndReserved;
}

/// <summary>VIDIOC_QUERYBUF, QBUF and DQBUF.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BufferInfo
{
    public uint Index;
    public uint Type;
    public uint BytesUsed;
    public uint Flags;
    public uint Field;
    public nint Seconds;
    public nint Microseconds;
    public Reserved4 TimeCode;
    public uint Sequence;
    public uint Memory;
    public BufferPlace Place;
    public uint Length;
    public uint Reserved2;
    public uint RequestDescriptor;
}

[StructLayout(LayoutKind.Explicit)]
internal struct BufferPlace
{
    [FieldOffset(0)]
    public uint Offset;

    [FieldOffset(0)]
    private readonly nint pointer;
}

/// <summary>VIDIOC_SUBSCRIBE_EVENT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventSubscription
{
    public uint Type;
    public uint Id;
    public uint Flags;
    public Reserved5 Reserved;
}

/// <summary>VIDIOC_DQEVENT; only the type is used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VideoEvent
{
    public uint Type;
    public EventData Data;
    public uint Pending;
    public uint Sequence;
    public nint Seconds;
    public nint Nanoseconds;
    public uint Id;
    public Reserved4 Reserved;
    private readonly Reserved4 moreReserved;
}

[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct EventData
{
    [FieldOffset(0)]
    private readonly long alignment;
}

/// <summary>VIDIOC_QUERY_DV_TIMINGS and S_DV_TIMINGS: passed from one to the other unread.</summary>
[StructLayout(LayoutKind.Sequential, Size = 132, Pack = 1)]
internal struct DvTimings
{
    public uint Type;
}

internal static class Text
{
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}

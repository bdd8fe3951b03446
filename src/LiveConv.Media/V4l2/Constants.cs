namespace LiveConv.Media;

/// <summary>Numbers of videodev2.h that are neither requests nor pixel formats.</summary>
internal static class Constants
{
    public const uint VideoCapture = 1;
    public const uint MemoryMap = 1;
    public const uint FieldNone = 1;
    public const uint Discrete = 1;
    public const uint CanSetRate = 0x1000;
    public const uint SourceChangeEvent = 5;
    public const uint JpegColorSpace = 7;
}

/// <summary>V4L2_QUANTIZATION_; 0 leaves it to the colour space.</summary>
internal static class Quantization
{
    public const uint Full = 1;
    public const uint Limited = 2;
}

/// <summary>V4L2_CAP_.</summary>
internal static class CapabilityBits
{
    public const uint VideoCapture = 0x1;
    public const uint VideoOutput = 0x2;
    public const uint MultiPlanarCapture = 0x1000;
    public const uint MultiPlanarOutput = 0x2000;
    public const uint MetadataCapture = 0x00800000;
    public const uint Streaming = 0x04000000;

    /// <summary>How a node is used, not what for: by reading, streaming, in extended formats, through a media controller.</summary>
    public const uint Manners = 0x27200000 | HasDeviceCapabilities;
    public const uint MediaController = 0x20000000;
    public const uint HasDeviceCapabilities = 0x80000000;
}

/// <summary>V4L2_BUF_FLAG_.</summary>
internal static class BufferFlags
{
    public const uint Error = 0x40;
    public const uint TimestampMask = 0xe000;
    public const uint TimestampMonotonic = 0x2000;
}

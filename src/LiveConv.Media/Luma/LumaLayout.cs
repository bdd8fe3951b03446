namespace LiveConv.Media;

/// <summary>The layout of luma samples in an uncompressed image.</summary>
internal enum LumaLayout
{
    /// <summary>A plane of 8-bit luma comes first: GREY, NV12, YU12 and similar formats.</summary>
    Plane,

    /// <summary>Every first byte of two: YUYV, YVYU, and the high bytes of big-endian 16-bit luma.</summary>
    FirstOfTwo,

    /// <summary>Every second byte of two: UYVY, VYUY, and the high bytes of little-endian 16-bit luma.</summary>
    SecondOfTwo,

    /// <summary>10 bits in a little-endian word of 16.</summary>
    TenInSixteen,

    /// <summary>12 bits in a little-endian word of 16.</summary>
    TwelveInSixteen,

    /// <summary>14 bits in a little-endian word of 16.</summary>
    FourteenInSixteen,
}

namespace LiveConv.Convolution;

/// <summary>The element type of a result; integers are rounded half to even and saturated.</summary>
public enum OpenCvDepth
{
    /// <summary>Unsigned 8 bits.</summary>
    U8,

    /// <summary>Signed 16 bits.</summary>
    S16,

    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>64-bit floats.</summary>
    F64,
}

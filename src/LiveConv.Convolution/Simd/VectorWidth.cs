using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>The register widths that the integer filters are compiled for, in pixels.</summary>
internal enum VectorWidth
{
    Scalar = 1,
    Vector128 = 16,
    Vector256 = 32,
    Vector512 = 64,
}

/// <summary>Which widths this machine has.</summary>
internal static class VectorWidths
{
    public static VectorWidth Best { get; } =
        IsSupported(VectorWidth.Vector512) ? VectorWidth.Vector512
        : IsSupported(VectorWidth.Vector256) ? VectorWidth.Vector256
        : IsSupported(VectorWidth.Vector128) ? VectorWidth.Vector128
        : VectorWidth.Scalar;

    /// <summary>For floating point: 512 bits only where the processor doesn't lower its clock for them.</summary>
    public static VectorWidth BestReal { get; } =
        Best == VectorWidth.Vector512 && !Vector512.IsHardwareAccelerated ? VectorWidth.Vector256 : Best;

    public static bool IsSupported(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => Lanes512.IsSupported,
        VectorWidth.Vector256 => Lanes256.IsSupported,
        VectorWidth.Vector128 => Lanes128.IsSupported,
        _ => true,
    };
}

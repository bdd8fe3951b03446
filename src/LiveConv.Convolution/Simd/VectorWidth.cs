using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>
/// The register widths that all arithmetic is compiled for, in 8-bit pixels. A bank sums its taps at the width that it is given: in
/// <see cref="ILanes{TPixels, TSums}"/>, and in <see cref="IRealLanes{T, TVector}"/> for floats and doubles. What goes from memory to
/// memory before and after that takes the machine's widest vectors: pixels to doubles (<see cref="DoubleSums{TLanes, TVector}"/>), 16 to
/// 32 bits (<see cref="IntegerSums{TLanes, TPixels, TSums}"/>), and integer and double sums to pixels or raw outputs
/// (<see cref="SumScaling"/>, <see cref="RealScaling"/>, <see cref="RawRow"/>). The child processes of the tests run these at every width.
/// </summary>
internal enum VectorWidth
{
    Scalar = 1,
    Vector128 = 16,
    Vector256 = 32,
    Vector512 = 64,
}

/// <summary>
/// Which widths this machine has, and what else decides how wide a loop works: constants for the JIT compiler.
/// </summary>
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

    /// <summary>512-bit doubles and their conversions from and to bytes, for what goes from memory to memory.</summary>
    public static bool Has512BitDoubles => Avx512F.IsSupported;

    /// <summary>32 vector registers instead of 16: room for twice as many sums.</summary>
    public static bool Has32Registers => Avx512F.VL.IsSupported || AdvSimd.IsSupported;

    /// <summary>A product and a sum rounded once, in vectors.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    public static bool IsSupported(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => Lanes512.IsSupported,
        VectorWidth.Vector256 => Lanes256.IsSupported,
        VectorWidth.Vector128 => Lanes128.IsSupported,
        _ => true,
    };
}

using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How the fused filters turn sums into pixels without leaving the registers.</summary>
internal interface IFusedResponse
{
    static abstract bool HasOffset { get; }

    static abstract TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct;
}

/// <summary>The absolute value, saturated.</summary>
internal readonly struct FusedAbs : IFusedResponse
{
    public static bool HasOffset => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Pack(TLanes.Abs(sums));
}

/// <summary>The sum plus an offset, saturated. Negative responses come as negated weights.</summary>
internal readonly struct FusedClamp : IFusedResponse
{
    public static bool HasOffset => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Pack(sums);
}

using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How the fused filters turn sums into pixels without leaving the registers.</summary>
internal interface IFusedResponse
{
    /// <summary>Whether the scale's offset is to be added to the sums before.</summary>
    static abstract bool HasOffset { get; }

    static abstract TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums, FusedScale scale)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct;
}

/// <summary>The absolute value, saturated.</summary>
internal readonly struct FusedAbs : IFusedResponse
{
    public static bool HasOffset => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums, FusedScale scale)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Pack(TLanes.Abs(sums));
}

/// <summary>The sum plus an offset, saturated. Negative responses come as negated weights.</summary>
internal readonly struct FusedClamp : IFusedResponse
{
    public static bool HasOffset => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums, FusedScale scale)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Pack(sums);
}

/// <summary>The absolute value times a gain, rounded and saturated.</summary>
internal readonly struct ScaledAbs : IFusedResponse
{
    public static bool HasOffset => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums, FusedScale scale)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Pack(TLanes.Scale(TLanes.Abs(sums), scale.Gain, scale.Ones));
}

/// <summary>The sum times a gain, rounded, plus an offset, saturated.</summary>
internal readonly struct ScaledClamp : IFusedResponse
{
    public static bool HasOffset => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixels ToPixels<TLanes, TPixels, TSums>(TSums sums, FusedScale scale)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Pack(TLanes.Scale(sums, scale.Gain, scale.Ones));
}

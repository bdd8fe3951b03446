using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How finished pixels go to memory.</summary>
internal unsafe interface IMapStore
{
    /// <summary>Stores a register of pixels.</summary>
    /// <param name="at">The first one's place.</param>
    /// <param name="pixels">The pixels.</param>
    /// <param name="map">The map.</param>
    /// <param name="row">Which of the rows it is that are walked down together.</param>
    static abstract void Store<TLanes, TPixels, TSums>(byte* at, TPixels pixels, in WindowMap map, int row)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct;
}

/// <summary>Through the caches: for maps that are read again at once.</summary>
internal readonly unsafe struct CachedStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* at, TPixels pixels, in WindowMap map, int row)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Store(at, pixels);
}

/// <summary>
/// Past the caches, where every store is on a multiple of its length: for frames that are not in the caches yet and maps that are not read
/// soon.
/// </summary>
internal readonly unsafe struct StreamingStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* at, TPixels pixels, in WindowMap map, int row)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.StoreStreaming(at, pixels);
}

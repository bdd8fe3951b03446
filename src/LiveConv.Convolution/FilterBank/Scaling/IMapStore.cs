using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How finished pixels go to memory.</summary>
internal unsafe interface IMapStore
{
    static abstract void Store<TLanes, TPixels, TSums>(byte* map, TPixels pixels)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct;

    /// <summary>Rows that a column is walked down before the next one starts.</summary>
    /// <param name="lanes">Pixels of a store.</param>
    static abstract int WalkRows(int lanes);
}

/// <summary>Through the caches: for maps that are read again at once.</summary>
internal readonly unsafe struct CachedStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* map, TPixels pixels)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Store(map, pixels);

    public static int WalkRows(int lanes) => TileRows.MaxWhole;
}

/// <summary>Past the caches: for frames that are not in the caches yet and maps that are not read soon.</summary>
internal readonly unsafe struct StreamingStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* map, TPixels pixels)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.StoreStreaming(map, pixels);

    // So few that the rows fetched meanwhile stay in the nearest cache; and where a line takes two stores, that not more
    // lines are started than the processor keeps open: it writes an unfinished one as several small pieces.
    public static int WalkRows(int lanes) => lanes == Block.Width ? 8 : 2;
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>How finished pixels go to memory.</summary>
internal unsafe interface IMapStore
{
    static abstract void Store<TLanes, TPixels, TSums>(byte* map, TPixels pixels)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct;

    /// <summary>Asks for a line that will be read, if the maps are streamed; any address will do.</summary>
    static abstract void Fetch(byte* row);

    /// <summary>Called after the last store of a tile.</summary>
    static abstract void Finish();
}

/// <summary>Through the caches: for maps that are read again at once.</summary>
internal readonly unsafe struct CachedStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* map, TPixels pixels)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.Store(map, pixels);

    public static void Fetch(byte* row)
    {
    }

    public static void Finish()
    {
    }
}

/// <summary>Past the caches, whole lines only: for frames that come fresh from memory and maps that somebody else reads later.</summary>
internal readonly unsafe struct StreamingStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* map, TPixels pixels)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct => TLanes.StoreStreaming(map, pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(byte* row)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(row);
        }
    }

    // Streaming stores are weakly ordered: without the fence another core could see the tile as done before its pixels.
    public static void Finish()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}

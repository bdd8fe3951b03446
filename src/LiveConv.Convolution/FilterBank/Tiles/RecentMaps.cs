using System.Diagnostics;

namespace LiveConv.Convolution;

/// <summary>
/// Where the last calls of a bank wrote, by which it knows whether maps are still in the caches. Calls at the same time may hide each
/// other's maps, which costs time at most.
/// </summary>
/// <param name="cacheBytes">Bytes of images and maps that stay in the caches.</param>
internal sealed class RecentMaps(long cacheBytes)
{
    // After a pause other work has been in the caches: a camera's frames come every 16 or 33 ms.
    private static readonly long Pause = Stopwatch.Frequency / 250;

    private readonly nint[] maps = new nint[8];
    private uint calls;
    private long last;

    /// <summary>Notes a call, and tells whether its maps were written so recently that they are in the caches.</summary>
    /// <param name="map">A number for the addresses of the call's maps.</param>
    /// <param name="bytes">Bytes of the image and of all maps.</param>
    /// <param name="now">In ticks of <see cref="Stopwatch"/>.</param>
    public bool AreCached(nint map, long bytes, long now)
    {
        uint call = calls;
        long between = now - last > Pause ? cacheBytes + 1 : bytes;
        bool isCached = false;
        for (uint ago = 1; ago <= maps.Length && between <= cacheBytes && !isCached; ago++, between += bytes)
        {
            isCached = maps[(call - ago) % maps.Length] == map;
        }

        maps[call % maps.Length] = map;
        calls = call + 1;
        last = now;
        return isCached;
    }
}

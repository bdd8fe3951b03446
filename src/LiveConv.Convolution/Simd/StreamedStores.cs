using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>Stores that went past the caches.</summary>
internal static class StreamedStores
{
    /// <summary>
    /// To be called by each thread after its last tile of a job. Such stores are weakly ordered: without the fence another core could see
    /// the job as done before its pixels.
    /// </summary>
    public static void Complete()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}

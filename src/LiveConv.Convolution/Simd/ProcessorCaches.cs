using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>
/// The sizes of the processor's data caches in bytes, as the processor itself reports them: on every system the same way, but on x86 alone.
/// Elsewhere nothing is written past the caches, which is what the sizes decide about, and the rest does with the defaults.
/// </summary>
/// <param name="First">Of a core's first cache.</param>
/// <param name="Second">Of a core's second cache.</param>
/// <param name="Last">Of the last cache, which cores share; 0 if there are two only.</param>
internal readonly record struct ProcessorCaches(long First, long Second, long Last)
{
    private const int IntelLeaf = 4;
    private const int AmdLeaf = unchecked((int)0x8000001D);
    private const int AmdFeatures = unchecked((int)0x80000001);
    private const int AmdTopologyExtensions = 1 << 22;

    /// <summary>Where they are not reported: what small processors of the last ten years have.</summary>
    public static readonly ProcessorCaches Default = new(32 << 10, 512 << 10, 8 << 20);

    /// <summary>This machine's.</summary>
    public static ProcessorCaches Machine { get; } = Read();

    /// <summary>
    /// Bytes that stay in a core's reach from one call to the next. The last cache is the other cores' too, and slower to read than
    /// memory is to write past it: on a Xeon with 2 and 260 MB maps were written faster through the caches where images and maps in turn
    /// were up to 25 MB, and faster past them from 42 MB on.
    /// </summary>
    public long Reach => Last == 0 ? Second : Math.Min(Last / 4, 16 * Second);

    private static ProcessorCaches Read()
    {
        if (!X86Base.IsSupported)
        {
            return Default;
        }

        ProcessorCaches caches = ReadLeaf(IntelLeaf);
        if (caches.First == 0 && HasAmdLeaf())
        {
            caches = ReadLeaf(AmdLeaf);
        }

        return caches is { First: > 0, Second: > 0 } ? caches : Default;
    }

    private static bool HasAmdLeaf() =>
        X86Base.CpuId(unchecked((int)0x80000000), 0).Eax >= AmdLeaf
        && (X86Base.CpuId(AmdFeatures, 0).Ecx & AmdTopologyExtensions) != 0;

    // One cache for each index, until one has no type: both makers' leaves have the same fields.
    private static ProcessorCaches ReadLeaf(int leaf)
    {
        const int Data = 1, Instructions = 2, MaxCaches = 16;
        var caches = default(ProcessorCaches);
        if (leaf == IntelLeaf && X86Base.CpuId(0, 0).Eax < IntelLeaf)
        {
            return caches;
        }

        for (int index = 0; index < MaxCaches; index++)
        {
            (int eax, int ebx, int ecx, _) = X86Base.CpuId(leaf, index);
            int type = eax & 31, level = (eax >> 5) & 7;
            if (type < Data)
            {
                break;
            }

            long ways = (ebx >>> 22) + 1, partitions = ((ebx >> 12) & 1023) + 1, lineBytes = (ebx & 4095) + 1;
            long bytes = ways * partitions * lineBytes * ((uint)ecx + 1L);
            caches = (type, level) switch
            {
                (Instructions, _) => caches,
                (_, 1) => caches with { First = bytes },
                (_, 2) => caches with { Second = bytes },
                _ => caches with { Last = bytes },
            };
        }

        return caches;
    }
}

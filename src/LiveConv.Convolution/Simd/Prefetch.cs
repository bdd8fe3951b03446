using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>Asks memory for what is read soon.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Asks for a cache line, where the processor has an instruction for it; any address is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>Asks for a cache line as <see cref="Line"/> does, into the second cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SecondCache(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }
}

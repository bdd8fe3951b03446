using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How the innermost loops are compiled.</summary>
internal static class HotLoop
{
    /// <summary>
    /// In a method of its own: inside a larger one the register allocator spills what should stay in registers. And at full
    /// optimization from the first call on: a loop over an image takes 20 times as long before .NET compiles it again, which
    /// the first frames of a run would wait for.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}

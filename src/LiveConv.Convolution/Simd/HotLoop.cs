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

    /// <summary>
    /// The way from a call to these loops, which every tile takes: at full optimization too. .NET compiles such methods again 100 ms after
    /// the last new one; until then they took a tenth of the time of a pair at 640x480.
    /// </summary>
    public const MethodImplOptions PathOptions = MethodImplOptions.AggressiveOptimization;
}

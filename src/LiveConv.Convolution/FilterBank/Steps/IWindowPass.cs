namespace LiveConv.Convolution;

/// <summary>The arithmetic of one or two 3x3 kernels.</summary>
internal unsafe interface IWindowPass
{
    /// <summary>Maps that it writes: 1 or 2.</summary>
    int Maps { get; }

    /// <summary>
    /// Walks down neighbouring columns of registers, one after the other. To be compiled on its own: inside a larger method the rolling
    /// registers are spilled.
    /// </summary>
    /// <param name="strip">The rows.</param>
    /// <param name="x">The first column.</param>
    /// <param name="end">The column after the last one: a multiple of the lanes further.</param>
    /// <param name="maps">One per kernel.</param>
    void Run<TLeft, TRight, TStore>(in WindowStrip strip, int x, int end, WindowMap* maps)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
        where TStore : struct, IMapStore;
}

namespace LiveConv.Convolution;

/// <summary>The arithmetic of one or two 3x3 kernels.</summary>
internal unsafe interface IWindowPass
{
    /// <summary>Maps that it writes: 1 or 2.</summary>
    int Maps { get; }

    /// <summary>Walks down the columns. To be compiled on its own: inside a larger method the rolling registers are spilled.</summary>
    /// <param name="columns">Where to walk.</param>
    /// <param name="targets">The maps' pixels of the first window.</param>
    void Run<TLeft, TRight, TStore>(in WindowColumns columns, Target* targets)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
        where TStore : struct, IMapStore;
}

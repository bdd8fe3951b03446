namespace LiveConv.Convolution;

/// <summary>Whether a column of registers stands at an edge of the image: a constant for the compiler.</summary>
internal interface IEdge
{
    static abstract bool IsHere { get; }
}

internal readonly struct AtEdge : IEdge
{
    public static bool IsHere => true;
}

internal readonly struct Inside : IEdge
{
    public static bool IsHere => false;
}

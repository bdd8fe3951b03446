namespace LiveConv.Convolution;

/// <summary>How many kernels a pass sums together: a constant for the compiler.</summary>
internal interface IMapCount
{
    static abstract int Count { get; }
}

internal readonly struct OneMap : IMapCount
{
    public static int Count => 1;
}

internal readonly struct TwoMaps : IMapCount
{
    public static int Count => 2;
}

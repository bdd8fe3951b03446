namespace LiveConv.Convolution;

/// <summary>What is known at compile time of a gradient's smoothing <c>(side, centre, side)</c>.</summary>
internal interface IGradient
{
    /// <summary>Side and centre are both 1.</summary>
    static abstract bool IsUnit { get; }

    /// <summary>The centre is twice the side.</summary>
    static abstract bool IsDouble { get; }
}

/// <summary>(1, 1, 1): Prewitt, and the seed's pair.</summary>
internal readonly struct PrewittGradient : IGradient
{
    public static bool IsUnit => true;

    public static bool IsDouble => false;
}

/// <summary>(p, 2p, p): Sobel.</summary>
internal readonly struct SobelGradient : IGradient
{
    public static bool IsUnit => false;

    public static bool IsDouble => true;
}

/// <summary>(p, q, p): Scharr and all others.</summary>
internal readonly struct AnyGradient : IGradient
{
    public static bool IsUnit => false;

    public static bool IsDouble => false;
}

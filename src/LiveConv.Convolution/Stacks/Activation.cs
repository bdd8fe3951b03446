namespace LiveConv.Convolution.Stacks;

/// <summary>The function applied to every value of a layer's maps.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The absolute value.</summary>
    Abs,

    /// <summary>Negative values become 0.</summary>
    Relu,

    /// <summary>The square.</summary>
    Square,

    /// <summary>255 where the value is at least the layer's threshold, 0 elsewhere.</summary>
    Threshold,
}

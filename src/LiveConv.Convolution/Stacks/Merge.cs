namespace LiveConv.Convolution.Stacks;

/// <summary>How the maps of a layer are combined.</summary>
public enum Merge
{
    /// <summary>They stay as they are.</summary>
    None,

    /// <summary>One map: the root of the sum of the squares (the length of a gradient).</summary>
    Magnitude,

    /// <summary>One map: the largest value.</summary>
    Max,

    /// <summary>One map: the sum.</summary>
    Sum,

    /// <summary>
    /// Non-maximum suppression: two maps, a gradient's x and y, keep their values where the gradient is longest across the
    /// edge, and become 0 elsewhere. The direction is one of four; outside the image the gradient is 0.
    /// </summary>
    Thin,
}

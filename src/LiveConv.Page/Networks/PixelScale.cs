namespace LiveConv.Page;

/// <summary>How a network wants its pixels.</summary>
public enum PixelScale
{
    /// <summary>From 0 to 1: the pixel by 255.</summary>
    Unit,

    /// <summary>From -1 to 1.</summary>
    AroundZero,

    /// <summary>As torchvision's networks are trained: from 0 to 1, less the means of ImageNet's colours, by their deviations.</summary>
    ImageNet,

    /// <summary>From 0 to 255, as they are.</summary>
    Byte,
}

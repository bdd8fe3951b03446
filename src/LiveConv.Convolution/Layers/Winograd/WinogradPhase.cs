namespace LiveConv.Convolution;

/// <summary>The parts of Winograd's convolution, where each is done for all tiles at hand before the next begins.</summary>
internal enum WinogradPhase
{
    /// <summary>The inputs are transformed.</summary>
    Inputs,

    /// <summary>Matrix products, point by point.</summary>
    Products,

    /// <summary>The sums are transformed back.</summary>
    Outputs,
}

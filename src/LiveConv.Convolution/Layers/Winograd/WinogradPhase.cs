namespace LiveConv.Convolution;

/// <summary>The parts of Winograd's convolution that follow one another where threads share a few tiles.</summary>
internal enum WinogradPhase
{
    /// <summary>The inputs are transformed.</summary>
    Inputs,

    /// <summary>Matrix products, point by point.</summary>
    Products,

    /// <summary>The sums are transformed back.</summary>
    Outputs,
}

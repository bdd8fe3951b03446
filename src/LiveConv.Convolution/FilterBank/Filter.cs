namespace LiveConv.Convolution;

/// <summary>One kernel of a <see cref="FilterBank"/> and how its sums become pixels.</summary>
/// <param name="Kernel">The weights.</param>
/// <param name="Response">How a signed sum becomes a pixel.</param>
/// <param name="Gain">Factor on the sum before the response; finite. Rounding is half to even.</param>
public sealed record Filter(Kernel Kernel, Response Response = Response.Abs, float Gain = 1);

namespace LiveConv.Convolution.Stacks;

/// <summary>Which map of a stack is shown, and how its values become pixels.</summary>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Map">Index of the map within the layer.</param>
/// <param name="Response">How a signed value becomes a pixel.</param>
/// <param name="Gain">Factor on the value before the response; finite.</param>
public sealed record StackOutput(int Layer, int Map, Response Response = Response.Abs, float Gain = 1);

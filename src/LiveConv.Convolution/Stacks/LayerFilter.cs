namespace LiveConv.Convolution.Stacks;

/// <summary>A kernel, and the map that it is applied to.</summary>
/// <param name="Input">
/// Index of the layer's input map. In the first layer: the frame, counted back in time (0 the newest, 1 the one before it, …).
/// </param>
/// <param name="Kernel">The weights, used as written (correlation).</param>
public sealed record KernelTerm(int Input, Kernel Kernel);

/// <summary>What makes one map of a layer: the sum of its kernels over their input maps, plus a bias.</summary>
/// <param name="Terms">At least one.</param>
/// <param name="Bias">Added to every value; finite.</param>
public sealed record LayerFilter(IReadOnlyList<KernelTerm> Terms, float Bias = 0);

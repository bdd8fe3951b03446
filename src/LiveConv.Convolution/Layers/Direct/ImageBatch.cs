namespace LiveConv.Convolution;

/// <summary>An input's axes: (N,) C, then those that the window slides over.</summary>
internal readonly record struct ImageBatch(int Count, int Channels, int[] Sides, bool IsBatched)
{
    /// <summary>Reads a shape of N, C and the given number of axes, or without N.</summary>
    /// <exception cref="ArgumentException">The rank fits neither.</exception>
    public static ImageBatch Of(int[] shape, int axes, string operation)
    {
        if (shape.Length != axes + 1 && shape.Length != axes + 2)
        {
            throw Shapes.Error(
                "input", $"input has shape {Shapes.Text(shape)}; {operation} takes {axes + 2} axes (N, C, ...) or {axes + 1} (C, ...)");
        }

        bool batched = shape.Length == axes + 2;
        return new(batched ? shape[0] : 1, shape[^(axes + 1)], shape[^axes..], batched);
    }

    /// <summary>The shape of an output with these channels and sides.</summary>
    public int[] Output(int channels, params ReadOnlySpan<int> sides) => IsBatched ? [Count, channels, .. sides] : [channels, .. sides];
}

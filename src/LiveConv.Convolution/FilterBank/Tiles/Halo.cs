namespace LiveConv.Convolution;

/// <summary>How far a kernel, or several laid over one another, reaches from the output pixel.</summary>
internal readonly record struct Halo(int Left, int Right, int Top, int Bottom)
{
    public int Width => Left + Right + 1;

    public int Height => Top + Bottom + 1;

    public static Halo Of(Kernel kernel) =>
        new(kernel.AnchorX, kernel.Width - 1 - kernel.AnchorX, kernel.AnchorY, kernel.Height - 1 - kernel.AnchorY);

    public Halo Union(Halo other) =>
        new(Math.Max(Left, other.Left), Math.Max(Right, other.Right), Math.Max(Top, other.Top), Math.Max(Bottom, other.Bottom));

    /// <summary>The same reach, widened to the right and below until it is a window of this side.</summary>
    public Halo AtLeast(int side) => this with { Right = Math.Max(Right, side - 1 - Left), Bottom = Math.Max(Bottom, side - 1 - Top) };
}

namespace LiveConv.Convolution;

/// <summary>How far a kernel, or several laid over one another, reaches from the output pixel.</summary>
internal readonly record struct Halo(int Left, int Right, int Top, int Bottom)
{
    /// <summary>A 3x3 window around its pixel.</summary>
    public static readonly Halo One = new(1, 1, 1, 1);

    public int Width => Left + Right + 1;

    public int Height => Top + Bottom + 1;

    public static Halo Of(Kernel kernel) =>
        new(kernel.AnchorX, kernel.Width - 1 - kernel.AnchorX, kernel.AnchorY, kernel.Height - 1 - kernel.AnchorY);

    public Halo Union(Halo other) =>
        new(Math.Max(Left, other.Left), Math.Max(Right, other.Right), Math.Max(Top, other.Top), Math.Max(Bottom, other.Bottom));

    /// <summary>The same reach, widened to a window of at least 3x3, around its pixel where that is possible.</summary>
    public Halo AtLeast3()
    {
        (int left, int right) = Widen(Left, Right);
        (int top, int bottom) = Widen(Top, Bottom);
        return new(left, right, top, bottom);
    }

    private static (int Before, int After) Widen(int before, int after)
    {
        before = after < 2 ? Math.Max(before, 1) : before;
        return (before, Math.Max(after, 2 - before));
    }
}

namespace LiveConv.Convolution;

/// <summary>Immutable weights with an anchor. Safe to share between threads.</summary>
public sealed class Kernel
{
    private readonly float[] weights;

    /// <summary>Makes a kernel from rows of weights; the anchor is the centre (right of and below it for even sizes).</summary>
    /// <param name="weights">Weights, indexed [row, column]; at least 1x1, all finite.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">The kernel is empty, or a weight is not finite.</exception>
    public Kernel(float[,] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Height = weights.GetLength(0);
        Width = weights.GetLength(1);
        if (Width < 1 || Height < 1)
        {
            throw new ArgumentException($"a kernel has at least one weight; this one is {Width}x{Height}", nameof(weights));
        }

        this.weights = new float[Width * Height];
        Buffer.BlockCopy(weights, 0, this.weights, 0, this.weights.Length * sizeof(float));
        int bad = Array.FindIndex(this.weights, w => !float.IsFinite(w));
        if (bad >= 0)
        {
            throw new ArgumentException($"weight [{bad / Width},{bad % Width}] is {this.weights[bad]}; weights must be finite", nameof(weights));
        }

        AnchorX = Width / 2;
        AnchorY = Height / 2;
        IsInteger = Array.TrueForAll(this.weights, w => w == MathF.Truncate(w) && MathF.Abs(w) <= 1 << 24);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The column that lies on the output pixel.</summary>
    public int AnchorX { get; }

    /// <summary>The row that lies on the output pixel.</summary>
    public int AnchorY { get; }

    /// <summary>Every weight is a whole number.</summary>
    public bool IsInteger { get; }

    /// <summary>All weights, row by row.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>One weight.</summary>
    /// <param name="y">Row.</param>
    /// <param name="x">Column.</param>
    public float this[int y, int x] => weights[y * Width + x];
}

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

    private Kernel(float[] weights, int width, int height, int anchorX, int anchorY)
    {
        this.weights = weights;
        Width = width;
        Height = height;
        AnchorX = anchorX;
        AnchorY = anchorY;
        IsInteger = Array.TrueForAll(weights, w => w == MathF.Truncate(w) && MathF.Abs(w) <= 1 << 24);
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

    internal float LargestMagnitude
    {
        get
        {
            float largest = 0;
            foreach (float w in weights)
            {
                largest = MathF.Max(largest, MathF.Abs(w));
            }

            return largest;
        }
    }

    /// <summary>One weight.</summary>
    /// <param name="y">Row.</param>
    /// <param name="x">Column.</param>
    public float this[int y, int x] => weights[y * Width + x];

    /// <summary>The kernel turned by 180°, its anchor with it: correlating with it is convolving with this one.</summary>
    /// <returns>A new kernel.</returns>
    public Kernel Flip()
    {
        float[] flipped = [.. weights];
        Array.Reverse(flipped);
        return new(flipped, Width, Height, Width - 1 - AnchorX, Height - 1 - AnchorY);
    }

    /// <summary>The kernel with every weight's sign turned.</summary>
    /// <returns>A new kernel.</returns>
    public Kernel Negate() => new(Array.ConvertAll(weights, w => -w), Width, Height, AnchorX, AnchorY);

    /// <summary>The kernel with its anchor elsewhere.</summary>
    /// <param name="x">Column that lies on the output pixel.</param>
    /// <param name="y">Row that lies on the output pixel.</param>
    /// <returns>A new kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The anchor lies outside the kernel.</exception>
    public Kernel WithAnchor(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return new(weights, Width, Height, x, y);
    }
}

namespace LiveConv.Convolution;

/// <summary>Immutable weights with an anchor. Safe to share between threads.</summary>
public sealed partial class Kernel
{
    private readonly float[] weights;

    /// <summary>Makes a kernel from rows of weights; the anchor is the centre (right of and below it for even sizes).</summary>
    /// <param name="weights">Weights, indexed [row, column]; at least 1x1, all finite.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">The kernel is empty, or a weight is not finite.</exception>
    public Kernel(float[,] weights)
        : this(Flatten(weights), weights.GetLength(1), weights.GetLength(0), weights.GetLength(1) / 2, weights.GetLength(0) / 2)
    {
    }

    /// <summary>Makes a kernel from weights that lie row by row; the anchor is the centre (right of and below it for even sizes).</summary>
    /// <param name="weights">width * height weights, all finite; copied.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    /// <exception cref="ArgumentException">The number of weights is not width * height, or a weight is not finite.</exception>
    public Kernel(ReadOnlySpan<float> weights, int width, int height)
        : this(ToMatrix(weights, width, height))
    {
    }

    private Kernel(float[] weights, int width, int height, int anchorX, int anchorY)
    {
        this.weights = weights;
        Width = width;
        Height = height;
        AnchorX = anchorX;
        AnchorY = anchorY;
        IsInteger = Array.TrueForAll(weights, w => w == MathF.Truncate(w) && MathF.Abs(w) <= 1 << 24);
        IsSymmetric = IsPalindrome(weights);
        IsZeroSum = SumsToZero(weights);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The column that lies on the output pixel.</summary>
    public int AnchorX { get; }

    /// <summary>The row that lies on the output pixel.</summary>
    public int AnchorY { get; }

    /// <summary>Every weight is a whole number of at most 2^24, below which a float holds each of them.</summary>
    public bool IsInteger { get; }

    /// <summary>The anchor is the centre (right of and below it for even sizes), where a new kernel has it.</summary>
    public bool IsCentred => AnchorX == Width / 2 && AnchorY == Height / 2;

    /// <summary>All weights, row by row.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Converts rows of weights to a kernel, anchored at the centre.</summary>
    /// <param name="weights">Weights, indexed [row, column]; at least 1x1, all finite.</param>
    public static implicit operator Kernel(float[,] weights) => new(weights);

    /// <summary>The outer product of a column and a row: a separable kernel.</summary>
    /// <param name="column">One factor per row, top to bottom; finite.</param>
    /// <param name="row">One factor per column, left to right; finite.</param>
    /// <returns>A new kernel whose weight [y, x] is <c>column[y] * row[x]</c>.</returns>
    /// <exception cref="ArgumentException">A factor list is empty, or a product is not finite.</exception>
    public static Kernel Outer(ReadOnlySpan<float> column, ReadOnlySpan<float> row)
    {
        var weights = new float[column.Length, row.Length];
        for (int y = 0; y < column.Length; y++)
        {
            for (int x = 0; x < row.Length; x++)
            {
                weights[y, x] = column[y] * row[x];
            }
        }

        return new(weights);
    }

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
    /// <param name="y">Row, from 0 at the top.</param>
    /// <param name="x">Column, from 0 at the left.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kernel has no such row or column.</exception>
    public float this[int y, int x]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            return weights[y * Width + x];
        }
    }

    private static float[] Flatten(float[,] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        (int height, int width) = (weights.GetLength(0), weights.GetLength(1));
        if (width < 1 || height < 1)
        {
            throw new ArgumentException($"a kernel has at least one weight; this one is {width}x{height}", nameof(weights));
        }

        float[] flat = new float[weights.Length];
        Buffer.BlockCopy(weights, 0, flat, 0, flat.Length * sizeof(float));
        int bad = Array.FindIndex(flat, w => !float.IsFinite(w));
        return bad < 0
            ? flat
            : throw new ArgumentException($"weight [{bad / width},{bad % width}] is {flat[bad]}; weights must be finite", nameof(weights));
    }

    private static float[,] ToMatrix(ReadOnlySpan<float> weights, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (weights.Length != (long)width * height)
        {
            throw new ArgumentException(
                $"a {width}x{height} kernel has {(long)width * height} weights; got {weights.Length}", nameof(weights));
        }

        var matrix = new float[height, width];
        Buffer.BlockCopy(weights.ToArray(), 0, matrix, 0, weights.Length * sizeof(float));
        return matrix;
    }
}

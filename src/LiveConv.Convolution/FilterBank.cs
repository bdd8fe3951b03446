namespace LiveConv.Convolution;

/// <summary>
/// Several kernels over one 8-bit plane, each giving an 8-bit map as large as the plane. Immutable; one bank may be
/// applied by many threads at once, each with planes of its own.
/// </summary>
public sealed class FilterBank
{
    private readonly Filter[] filters;

    /// <summary>Makes a bank.</summary>
    /// <param name="operation">Correlation (kernels as written) or convolution (kernels flipped).</param>
    /// <param name="border">What stands outside the picture.</param>
    /// <param name="filters">One to eight kernels with their responses.</param>
    /// <exception cref="ArgumentException">No filter, or more than eight.</exception>
    public FilterBank(Operation operation, BorderMode border, params ReadOnlySpan<Filter> filters)
    {
        if (filters.Length is < 1 or > 8)
        {
            throw new ArgumentException($"a bank has 1 to 8 filters; got {filters.Length}", nameof(filters));
        }

        Operation = operation;
        Border = border;
        this.filters = filters.ToArray();
    }

    /// <summary>Correlation or convolution.</summary>
    public Operation Operation { get; }

    /// <summary>What stands outside the picture.</summary>
    public BorderMode Border { get; }

    /// <summary>The kernels and their responses, one per map.</summary>
    public ReadOnlySpan<Filter> Filters => filters;

    /// <summary>Filters one plane into one map per filter.</summary>
    /// <param name="input">The picture. Borrowed for the length of the call.</param>
    /// <param name="maps">One plane per filter, each as large as the input; overwritten.</param>
    /// <param name="workers">Who shares the tiles. May be used by one call at a time.</param>
    /// <exception cref="ArgumentException">The number or size of the maps does not fit.</exception>
    public void Apply(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<byte>> maps, WorkerPool workers)
    {
        for (int f = 0; f < filters.Length; f++)
        {
            Filter filter = filters[f];
            for (int y = 0; y < input.Height; y++)
            {
                Span<byte> row = maps[f].Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = Respond(Sum(input, filter.Kernel, x, y) * filter.Gain, filter.Response);
                }
            }
        }
    }

    private float Sum(ReadOnlyPlaneView<byte> input, Kernel kernel, int x, int y)
    {
        float sum = 0;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                float weight = Operation == Operation.Correlation ? kernel[j, i] : kernel[kernel.Height - 1 - j, kernel.Width - 1 - i];
                int row = Fold(y + j - kernel.AnchorY, input.Height);
                int column = Fold(x + i - kernel.AnchorX, input.Width);
                sum += weight * input.Row(row)[column];
            }
        }

        return sum;
    }

    private static int Fold(int i, int n)
    {
        while (n > 1 && (i < 0 || i >= n))
        {
            i = i < 0 ? -i : 2 * (n - 1) - i;
        }

        return n == 1 ? 0 : i;
    }

    private static byte Respond(float value, Response response)
    {
        float pixel = response switch
        {
            Response.Abs => MathF.Abs(value),
            Response.Offset128 => value + 128,
            Response.Positive => value,
            _ => -value,
        };
        return (byte)Math.Clamp(MathF.Round(pixel, MidpointRounding.ToEven), 0, 255);
    }
}

using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Several kernels over one 8-bit plane in one pass, each giving a map. Immutable; one bank may be applied by many
/// threads at once, each with maps of its own. Integer kernels are exact: the same bytes for every tile size, number of
/// threads and vector width. Applying it allocates nothing.
/// </summary>
/// <remarks>
/// A map's pixel is <c>clamp(response(roundHalfEven(sum * gain)), 0, 255)</c>. Sums of integer kernels are exact; sums of
/// other kernels are those of double precision, added row by row and left to right: where single precision cannot give another pixel, it
/// is used.
/// </remarks>
public sealed partial class FilterBank
{
    /// <summary>The maximum number of filters.</summary>
    public const int MaxFilters = 8;

    /// <summary>The maximum width and height of a kernel.</summary>
    public const int MaxKernelSize = 31;

    private readonly Filter[] filters;
    private readonly VectorWidth width;
    private readonly Halo halo;
    private readonly Filter[] upright;
    private readonly FilterStep[] steps;

    // Compiled on first use; two threads that race compile the same thing.
    private FilterStep[]? streamedSteps;
    private FilterStep[]? rawShort;
    private FilterStep[]? rawInt;
    private FilterStep[]? rawFloat;
    private byte[]? outsideRow;
    private readonly RecentMaps recent = new(ProcessorCaches.Machine.Reach);

    /// <summary>Creates a bank.</summary>
    /// <param name="operation">Correlation (kernels as written) or convolution (kernels flipped).</param>
    /// <param name="border">How pixels outside the image are treated.</param>
    /// <param name="filters">One to eight kernels with their responses.</param>
    /// <exception cref="ArgumentException">No filter, or more than eight; a kernel larger than 31x31; a gain that is not
    /// finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operation"/>, <paramref name="border"/> or a response is not one of
    /// the named values.</exception>
    /// <exception cref="ArgumentNullException">A filter or its kernel is null.</exception>
    public FilterBank(Operation operation, BorderMode border, params ReadOnlySpan<Filter> filters)
        : this(operation, border, new FilterBankOptions(), filters)
    {
    }

    /// <summary>Creates a bank with options.</summary>
    /// <param name="operation">Correlation (kernels as written) or convolution (kernels flipped).</param>
    /// <param name="border">How pixels outside the image are treated.</param>
    /// <param name="options">Stride, border value, and whether maps bypass the caches.</param>
    /// <param name="filters">One to eight kernels with their responses.</param>
    /// <exception cref="ArgumentException">No filter, or more than eight; a kernel larger than 31x31; a gain that is not
    /// finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride is below 1, or an enumeration value is not one of the named ones.</exception>
    /// <exception cref="ArgumentNullException">The options, a filter or its kernel is null.</exception>
    public FilterBank(Operation operation, BorderMode border, FilterBankOptions options, params ReadOnlySpan<Filter> filters)
        : this(operation, border, options, VectorWidths.Best, filters)
    {
    }

    internal FilterBank(
        Operation operation, BorderMode border, FilterBankOptions options, VectorWidth width, params ReadOnlySpan<Filter> filters)
    {
        FilterChecks.Bank(operation, border, options, filters);
        Operation = operation;
        Border = border;
        Options = options;
        this.filters = filters.ToArray();
        this.width = width;
        upright = Array.ConvertAll(this.filters, f => f with { Kernel = f.Kernel.Upright(operation) });
        halo = Halo.Of(upright[0].Kernel);
        foreach (Filter filter in upright)
        {
            halo = halo.Union(Halo.Of(filter.Kernel));
        }

        halo = halo.AtLeast3();
        steps = FilterPlan.ToPixels(upright, halo, options, width, stream: false);
    }

    /// <summary>Correlation or convolution.</summary>
    public Operation Operation { get; }

    /// <summary>How pixels outside the image are treated.</summary>
    public BorderMode Border { get; }

    /// <summary>Stride, border value, and whether maps bypass the caches.</summary>
    public FilterBankOptions Options { get; }

    /// <summary>The kernels and their responses, one per map.</summary>
    public ReadOnlySpan<Filter> Filters => filters;

    /// <summary>Rows of a tile; a test sets it to see that it changes nothing.</summary>
    internal int MaxTileRows { get; init; } = TileRows.Max;

    /// <summary>Whether the last call wrote its maps past the caches; for tests.</summary>
    internal bool LastCallStreamed { get; private set; }

    /// <summary>The width of the maps of an image: the anchor is on every StrideX-th pixel.</summary>
    /// <param name="inputWidth">Width of the image, at least 1.</param>
    /// <returns><c>floor((inputWidth - 1) / StrideX) + 1</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputWidth"/> is below 1.</exception>
    public int OutputWidth(int inputWidth) => OutputSize.Convolution(inputWidth, 1, Options.StrideX);

    /// <summary>The height of the maps of an image: the anchor is on every StrideY-th row.</summary>
    /// <param name="inputHeight">Height of the image, at least 1.</param>
    /// <returns><c>floor((inputHeight - 1) / StrideY) + 1</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputHeight"/> is below 1.</exception>
    public int OutputHeight(int inputHeight) => OutputSize.Convolution(inputHeight, 1, Options.StrideY);

    /// <summary>Compiles steps that write the sums themselves, or add them to what the maps hold.</summary>
    /// <param name="adds">Which of the filters add; null for none. 16-bit sums must not be able to leave 16 bits.</param>
    internal FilterStep[] RawSteps<TOut>(bool[]? adds)
        where TOut : unmanaged, INumber<TOut> => FilterPlan.ToRaw<TOut>(upright, halo, Options, width, adds);

    /// <summary>The rows that a tile may have, at most.</summary>
    internal int RowsOfTile(int limit) => TileRows.For(halo, Options.StrideY, limit);

    /// <summary>A job over an image; where it writes, the caller fills in.</summary>
    internal unsafe FilterJob JobOf(ReadOnlyPlaneView<byte> input, byte* pixels, int rows, FilterStep[] plan) => new()
    {
        Input = pixels,
        InputPitch = input.Pitch,
        Width = input.Width,
        Height = input.Height,
        Border = Border,
        Constant = Border == BorderMode.Constant ? Options.BorderValue : (byte)0,
        Halo = halo,
        RowStep = Options.StrideY,
        ColumnStep = Options.StrideX,
        OutputHeight = OutputHeight(input.Height),
        Rows = rows,
        Steps = plan,
    };
}

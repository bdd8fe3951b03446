namespace LiveConv.Convolution;

/// <summary>
/// How the outputs of a row are cut into runs that are summed together: as few and as equally long as possible. Rows of which two fit
/// one run are taken in pairs.
/// </summary>
internal readonly struct BlockedRows
{
    private readonly int length;
    private readonly int longer;

    public BlockedRows(int width, int maxOutputs)
    {
        HasPairs = 2 * width <= maxOutputs;
        Runs = (width + maxOutputs - 1) / maxOutputs;
        length = width / Runs;
        longer = width % Runs;
    }

    /// <summary>Whether two rows are one run.</summary>
    public bool HasPairs { get; }

    /// <summary>Runs of a row.</summary>
    public int Runs { get; }

    /// <summary>A run's outputs.</summary>
    public int LengthOf(int run) => run < longer ? length + 1 : length;

    /// <summary>A run's first output.</summary>
    public int StartOf(int run) => run * length + Math.Min(run, longer);
}

namespace LiveConv.Convolution;

/// <summary>One or two filters of a bank, compiled. Immutable and shared by all threads.</summary>
internal abstract unsafe class FilterStep(int first, int count)
{
    /// <summary>Index of the first filter in the bank.</summary>
    public int First { get; } = first;

    /// <summary>Number of filters.</summary>
    public int Count { get; } = count;

    /// <summary>Whether it filters whole rows of an image of a width, borders included: <see cref="RunWholeRows"/>.</summary>
    public virtual bool TakesWholeRows(int width) => false;

    /// <summary>Whether it writes whole rows past the caches; but for the ends of lines that are not a map's own.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="targets">One per filter of this step.</param>
    public virtual bool StreamsTo(int width, Target* targets) => false;

    /// <summary>Filters whole rows: reads pixels of the image only, and writes pixels of the maps only.</summary>
    /// <param name="strip">The rows, and what stands beside them.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="targets">One per filter of this step.</param>
    public virtual void RunWholeRows(in WindowStrip strip, int width, Target* targets) => throw new NotSupportedException();

    /// <summary>Filters one block.</summary>
    /// <param name="block">Input with its border resolved.</param>
    /// <param name="targets">One per filter of this step. Whole blocks are written: the rows must have room for it.</param>
    public abstract void Run(in Block block, Target* targets);
}

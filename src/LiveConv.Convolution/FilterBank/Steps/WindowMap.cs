namespace LiveConv.Convolution;

/// <summary>Where a pass over 3x3 windows writes one map.</summary>
internal unsafe struct WindowMap
{
    /// <summary>The first row's pixel of column 0.</summary>
    public byte* Origin;

    /// <summary>Bytes from one row to the next.</summary>
    public nint Pitch;

    /// <summary>How many pixels of a row's last register are also in the one before it.</summary>
    public nint Overlap;

    /// <summary>The rest of the line that a row ends in may be overwritten.</summary>
    public bool OwnsLineEnds;

    /// <summary>Every row starts where the other map's ends.</summary>
    public bool IsContinuation;

    /// <summary>What stores of whole lines know of each row.</summary>
    public LineCarry* Lines;

    /// <summary>The same of the other map, whose rows start where this one's end; or null.</summary>
    public LineCarry* Next;

    public WindowMap(Target target)
    {
        Origin = target.Origin;
        Pitch = target.Pitch;
        OwnsLineEnds = target.OwnsLineEnds;
    }

    /// <summary>Every row of another map starts where a row of this one ends.</summary>
    /// <param name="other">The other map.</param>
    /// <param name="width">Pixels of a row.</param>
    public readonly bool EndsWhereStarts(in WindowMap other, int width) => Pitch == other.Pitch && Origin + width == other.Origin;
}

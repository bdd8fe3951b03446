using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>One call of a bank: every tile is a strip of output rows across the whole width.</summary>
internal unsafe struct FilterJob : ITileJob
{
    public byte* Input;
    public nint InputPitch;
    public int Width;
    public int Height;
    public BorderMode Border;
    public byte Constant;
    public Halo Halo;
    public int RowStep;
    public int ColumnStep;
    public int OutputHeight;
    public int Rows;

    /// <summary>The bytes between a map's width and its pitch are not ours: the last block of a row may not be written whole.</summary>
    public bool KeepsPadding;

    public FilterStep[] Steps;

    /// <summary>All steps take whole rows.</summary>
    public bool HasWholeRows;

    /// <summary>For whole rows: a row of the border's constant, as long as the image's.</summary>
    public byte* OutsideRow;

    /// <summary>For whole rows: what stands beside them.</summary>
    public RowEdges Edges;

    /// <summary>The maps' first pixels and pitches in bytes.</summary>
    public Target* Maps;
    public int MapCount;
    public int OutputBytes;

    public readonly int Tiles => (OutputHeight + Rows - 1) / Rows;

    [MethodImpl(HotLoop.PathOptions)]
    [SkipLocalsInit]
    public readonly void Run(int tile)
    {
        Target* targets = stackalloc Target[FilterBank.MaxFilters];
        int y = tile * Rows;
        int count = Math.Min(Rows, OutputHeight - y);
        if (HasWholeRows)
        {
            RunWholeRows(y, count, targets);
        }
        else
        {
            RunBlocks(y, count, targets);
        }
    }

    [MethodImpl(HotLoop.PathOptions)]
    private readonly void RunWholeRows(int y, int count, Target* targets)
    {
        var strip = new WindowStrip
        {
            Above = RowAt(y - 1) - Halo.Left,
            First = Input + y * InputPitch - Halo.Left,
            Pitch = InputPitch,
            Below = RowAt(y + count) - Halo.Left,
            Count = count,
            Edges = Edges,
        };
        SetTargets(targets, 0, y);
        foreach (FilterStep step in Steps)
        {
            step.RunWholeRows(strip, Width, targets + step.First);
        }
    }

    [MethodImpl(HotLoop.PathOptions)]
    private readonly byte* RowAt(int y)
    {
        int row = Borders.Map(y, Height, Border);
        return row == Borders.Constant ? OutsideRow : Input + row * InputPitch;
    }

    [MethodImpl(HotLoop.PathOptions)]
    [SkipLocalsInit]
    private readonly void RunBlocks(int y, int count, Target* targets)
    {
        byte** rows = stackalloc byte*[TileRows.MaxInput];
        byte** patchRows = stackalloc byte*[TileRows.MaxInput];
        byte* patch = stackalloc byte[TileRows.MaxInput * InputStrip.PatchPitch];
        var strip = new InputStrip(Input, InputPitch, Width, Height, Border, Constant, Halo, TileRows.Input(count, Halo, RowStep));
        strip.ResolveRows((long)y * RowStep - Halo.Top, rows);
        for (int x = 0; x < Width;)
        {
            int blocks = strip.BlocksInside(x);
            Block block = BlockAt(x, Math.Max(blocks, 1), count);
            if (blocks > 0)
            {
                block.Rows = rows;
                block.Column = x - Halo.Left;
            }
            else
            {
                strip.FillPatch(rows, x, patch, patchRows);
                block.Rows = patchRows;
            }

            SetTargets(targets, (x + ColumnStep - 1) / ColumnStep, y);
            if (KeepsPadding && block.Columns < block.Blocks * Block.Width && OutputBytes == 1 && ColumnStep == 1)
            {
                RunClipped(block, targets);
            }
            else
            {
                RunSteps(block, targets);
            }

            x += block.Blocks * Block.Width;
        }
    }

    [MethodImpl(HotLoop.PathOptions)]
    private readonly void RunSteps(in Block block, Target* targets)
    {
        foreach (FilterStep step in Steps)
        {
            step.Run(block, targets + step.First);
        }
    }

    // The last block of a row, which is always alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private readonly void RunClipped(in Block block, Target* targets)
    {
        const int MapBytes = TileRows.Max * Block.Width;
        byte* memory = stackalloc byte[FilterBank.MaxFilters * MapBytes + Block.Width];
        Target* scratch = stackalloc Target[FilterBank.MaxFilters];
        memory = (byte*)(((nint)memory + Block.Width - 1) & -Block.Width);
        for (int m = 0; m < MapCount; m++)
        {
            scratch[m] = new Target { Origin = memory + m * MapBytes, Pitch = Block.Width };
        }

        RunSteps(block, scratch);
        for (int m = 0; m < MapCount; m++)
        {
            for (int y = 0; y < block.Count; y++)
            {
                byte* row = memory + m * MapBytes + y * Block.Width;
                Unsafe.CopyBlockUnaligned(targets[m].Origin + y * targets[m].Pitch, row, (uint)block.Columns);
            }
        }
    }

    private readonly Block BlockAt(int x, int blocks, int count) => new()
    {
        X = x,
        Blocks = blocks,
        Columns = Math.Min(blocks * Block.Width, Width - x),
        Count = count,
        RowStep = RowStep,
        ColumnStep = ColumnStep,
    };

    [MethodImpl(HotLoop.PathOptions)]
    private readonly void SetTargets(Target* targets, int column, int row)
    {
        for (int m = 0; m < MapCount; m++)
        {
            targets[m].Origin = Maps[m].Origin + row * Maps[m].Pitch + (nint)column * OutputBytes;
            targets[m].Pitch = Maps[m].Pitch;
            targets[m].OwnsLineEnds = Maps[m].OwnsLineEnds;
        }
    }
}

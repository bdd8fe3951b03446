namespace LiveConv.Convolution;

/// <summary>
/// The three parts of Winograd's convolution of one image in blocks. Transformed inputs and sums lie point by point, block by block of
/// channels and tile by tile, so that a point's products are a convolution by 1x1 kernels. Every output goes the same way
/// through the same operations: the same bits for every strip, thread count and vector width, and those of <see cref="WinogradJob{T,
/// TLanes, TVector}"/>.
/// </summary>
internal readonly unsafe struct BlockedWinograd<TLanes, TVector>
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Side = WinogradGrid.Side;
    private const int Tile = WinogradGrid.Tile;
    private const int Block = BlockedLayout.Wide;

    // Points at a multiple of 4096 bytes from one another would share the sets of the first cache.
    private const int Line = 16;

    public required BlockedTensor Input { get; init; }

    public required BlockedTensor Output { get; init; }

    public required BlockedTensor? Addend { get; init; }

    /// <summary>Of point 0; those of a further point follow after all groups.</summary>
    public required BlockedWeights Weights { get; init; }

    /// <summary>Offsets of all input channels in a point's transformed inputs.</summary>
    public required int* Offsets { get; init; }

    /// <summary>Rows of padding above the input.</summary>
    public required int RowsBefore { get; init; }

    /// <summary>Columns of padding to the left of the input.</summary>
    public required int ColumnsBefore { get; init; }

    public required bool HasRelu { get; init; }

    public int Across => (Output.Layout.Width + Tile - 1) / Tile;

    public int Count => Across * ((Output.Layout.Height + Tile - 1) / Tile);

    /// <summary>Elements from a point to the next.</summary>
    public static nint PointPitch(int blocks, int tiles) => (nint)blocks * tiles * Block + Line;

    /// <summary>Transforms the inputs of some tiles of one block.</summary>
    /// <param name="block">The block of input channels.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">The first tile's first point.</param>
    /// <param name="pointPitch">From a point to the next.</param>
    public void TransformInputs(int block, int first, int count, float* target, nint pointPitch)
    {
        float* memory = stackalloc float[2 * BlockedTileTransforms<TLanes, TVector>.Scratch + Line];
        float* scratch = PaddedLayout.Align(memory);
        float* patch = scratch + BlockedTileTransforms<TLanes, TVector>.Scratch;
        BlockedLayout layout = Input.Layout;
        for (int tile = first; tile < first + count; tile++, target += Block)
        {
            int row = tile / Across * Tile - RowsBefore;
            int column = tile % Across * Tile - ColumnsBefore;
            float* source = Input.Origin + block * layout.BlockPitch + row * layout.RowPitch + (nint)column * Block;
            nint pitch = layout.RowPitch;
            if (Math.Min(row, column) < -layout.Border || row + Side > layout.Height + layout.Border
                || column + Side > layout.Width + layout.Border)
            {
                CopyPatch(source, row, column, patch);
                source = patch;
                pitch = Side * Block;
            }

            BlockedTileTransforms<TLanes, TVector>.Input(source, pitch, target, pointPitch, scratch);
        }
    }

    /// <summary>Sums the products of some tiles, of one point and one group of output channels.</summary>
    /// <param name="point">The point.</param>
    /// <param name="group">The group.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="points">The point's transformed inputs.</param>
    /// <param name="sums">The point's sums of this group.</param>
    /// <param name="room">Tiles that there is memory for.</param>
    /// <param name="next">Elements from this group's weights to those of the next call.</param>
    public void Multiply(int point, int group, int tiles, float* points, float* sums, int room, nint next)
    {
        float* zeros = stackalloc float[BlockedWeights.Group];
        new Span<float>(zeros, BlockedWeights.Group).Clear();
        var cut = new BlockedRows(tiles, BlockedKernel<TLanes, TVector>.MaxOutputs);
        for (int run = 0; run < cut.Runs; run++)
        {
            int outputs = cut.LengthOf(run);
            nint start = (nint)cut.StartOf(run) * Block;
            nint half = start + (outputs + 1) / 2 * Block;
            BlockedParts<TLanes, TVector>.Run(outputs, Block, new BlockedRun
            {
                Source = points + start,
                SourceNext = points + half,
                Target = sums + start,
                TargetNext = sums + half,
                Weights = Weights.Values + ((nint)point * Weights.Groups + group) * Weights.GroupPitch,
                WeightPair = Weights.BlockPitch,

                // The first and the last run ask for one block of the next weights each, which come while these are used.
                Ahead = run == 0 ? next : 0,
                AheadPair = run == cut.Runs - 1 ? next + Weights.BlockPitch : 0,
                Start = zeros,
                Offsets = Offsets,
                Taps = Input.Layout.Blocks * Block,
                Blocks = 1,
                TargetPair = (nint)room * Block,
                HasPair = group * BlockedWeights.Group + Block < Output.Layout.Channels,
            });
        }
    }

    /// <summary>Transforms the sums of some tiles of one block of output channels, and writes its outputs.</summary>
    /// <param name="block">The block.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many.</param>
    /// <param name="sums">The first tile's first point.</param>
    /// <param name="pointPitch">From a point to the next.</param>
    public void TransformOutputs(int block, int first, int count, float* sums, nint pointPitch)
    {
        float* memory = stackalloc float[BlockedTileTransforms<TLanes, TVector>.Scratch + Tile * Tile * Block + Line];
        float* scratch = PaddedLayout.Align(memory);
        float* outputs = scratch + BlockedTileTransforms<TLanes, TVector>.Scratch;
        float* biases = Weights.Biases + block * Block;
        for (int tile = first; tile < first + count; tile++, sums += Block)
        {
            Ask(Output, block, tile + 1);
            if (Addend is not null)
            {
                Ask(Addend, block, tile + 1);
            }

            BlockedTileTransforms<TLanes, TVector>.Output(sums, pointPitch, biases, outputs, scratch);
            int row = tile / Across * Tile;
            int column = tile % Across * Tile;
            int columns = Math.Min(Tile, Output.Layout.Width - column);
            int end = Math.Min(Tile, Output.Layout.Height - row);
            for (int y = 0; y < end; y++)
            {
                float* target = Output.Origin + Output.Layout.Offset(block * Block, row + y, column);
                float* addend = Addend is null ? null : Addend.Origin + Addend.Layout.Offset(block * Block, row + y, column);
                Finish(outputs + y * Tile * Block, addend, target, columns * Block);
            }
        }
    }

    // Asks memory for the outputs of a tile, which lie too far apart for the processor to foresee.
    private void Ask(BlockedTensor tensor, int block, int tile)
    {
        float* line = tensor.Origin + tensor.Layout.Offset(block * Block, tile / Across * Tile, tile % Across * Tile);
        for (int y = 0; y < Tile; y++, line += tensor.Layout.RowPitch)
        {
            for (int x = 0; x < Tile; x++)
            {
                Prefetch.Line((byte*)(line + x * Block));
            }
        }
    }

    private void Finish(float* outputs, float* addend, float* target, int count)
    {
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TVector value = TLanes.Load(outputs + i);
            value = addend == null ? value : TLanes.Add(value, TLanes.Load(addend + i));
            TLanes.Store(target + i, HasRelu ? TLanes.Max(value, TLanes.Broadcast(0)) : value);
        }
    }

    private void CopyPatch(float* source, int row, int column, float* patch)
    {
        BlockedLayout layout = Input.Layout;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++, patch += Block)
            {
                bool isInside = row + y >= 0 && row + y < layout.Height && column + x >= 0 && column + x < layout.Width;
                var to = new Span<float>(patch, Block);
                if (isInside)
                {
                    new Span<float>(source + y * layout.RowPitch + x * Block, Block).CopyTo(to);
                }
                else
                {
                    to.Clear();
                }
            }
        }
    }
}

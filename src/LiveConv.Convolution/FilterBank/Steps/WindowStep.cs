namespace LiveConv.Convolution;

/// <summary>
/// One or two 3x3 kernels, register of columns by register, down a few rows at a time: what is known of the rows above rolls down in
/// registers. Over whole rows, the first and the last columns find what lies outside the image in their registers; the last ones stand
/// flush with the right edge, over a part of their neighbours.
/// </summary>
internal sealed unsafe class WindowStep<TPass, TStore>(int first, TPass pass, int lanes) : FilterStep(first, pass.Maps)
    where TPass : struct, IWindowPass
    where TStore : struct, IMapStore
{
    public override bool TakesWholeRows(int width) => width > lanes;

    public override void Run(in Block block, Target* targets)
    {
        int walk = TStore.WalkRows(lanes);
        Target* maps = stackalloc Target[2] { targets[0], targets[Count - 1] };
        for (int y = 0; y < block.Count; y += walk)
        {
            var columns = new WindowColumns
            {
                Rows = block.Rows + y,
                Column = block.Column,
                Width = block.Blocks * Block.Width,
                Count = Math.Min(walk, block.Count - y),
                Ahead = walk * block.Pitch,
                Edges = block.Edges,
            };
            if (block.IsWholeRow)
            {
                RunWholeRow(columns, block.Columns, maps);
            }
            else
            {
                pass.Run<Inside, Inside, TStore>(columns, maps);
            }

            maps[0].Origin += walk * maps[0].Pitch;
            maps[1].Origin += walk * maps[1].Pitch;
        }
    }

    private void RunWholeRow(WindowColumns columns, int width, Target* maps)
    {
        int last = width - lanes;
        columns.Width = lanes;
        pass.Run<AtEdge, Inside, TStore>(columns, maps);
        if (last > lanes)
        {
            RunAt<Inside, Inside, TStore>(columns, lanes, (last - 1) / lanes * lanes, maps);
        }

        if (last % lanes == 0)
        {
            RunAt<Inside, AtEdge, TStore>(columns, last, lanes, maps);
        }
        else
        {
            // Stores past the caches would have to stand on lines.
            RunAt<Inside, AtEdge, CachedStore>(columns, last, lanes, maps);
        }
    }

    private void RunAt<TLeft, TRight, TColumnStore>(WindowColumns columns, int x, int width, Target* maps)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
        where TColumnStore : struct, IMapStore
    {
        Target* at = stackalloc Target[2] { maps[0], maps[1] };
        at[0].Origin += x;
        at[1].Origin += x;
        columns.Column += x;
        columns.Width = width;
        columns.Edges = columns.Edges.From(x);
        pass.Run<TLeft, TRight, TColumnStore>(columns, at);
    }
}

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
    private readonly int walk = TStore.WalkRows(lanes);

    public override bool TakesWholeRows(int width) => width >= lanes;

    public override void RunWholeRows(in WindowStrip strip, int width, Target* targets)
    {
        Target* maps = stackalloc Target[2] { targets[0], targets[Count - 1] };
        for (int y = 0; y < strip.Count;)
        {
            WindowStrip part = strip.Part(y, walk, Math.Min(walk, strip.Count));
            RunRows(part, width, maps);
            maps[0].Origin += part.Count * maps[0].Pitch;
            maps[1].Origin += part.Count * maps[1].Pitch;
            y += part.Count;
        }
    }

    public override void Run(in Block block, Target* targets)
    {
        Target* maps = stackalloc Target[2] { targets[0], targets[Count - 1] };
        byte** rows = block.Rows;
        var strip = new WindowStrip
        {
            Above = rows[0] + block.Column,
            First = rows[1] + block.Column,
            Pitch = (nint)(rows[2] - rows[1]),
            Below = rows[block.Count + 1] + block.Column,
            Count = block.Count,
        };
        for (int y = 0; y < block.Count;)
        {
            WindowStrip part = strip.Part(y, walk, 0);
            pass.Run<Inside, Inside, TStore>(part, 0, block.Blocks * Block.Width, maps);
            maps[0].Origin += part.Count * maps[0].Pitch;
            maps[1].Origin += part.Count * maps[1].Pitch;
            y += part.Count;
        }
    }

    private void RunRows(in WindowStrip strip, int width, Target* maps)
    {
        int last = width - lanes;
        if (last == 0)
        {
            pass.Run<AtEdge, AtEdge, TStore>(strip, 0, lanes, maps);
            return;
        }

        pass.Run<AtEdge, Inside, TStore>(strip, 0, lanes, maps);
        if (last > lanes)
        {
            pass.Run<Inside, Inside, TStore>(strip, lanes, lanes + (last - 1) / lanes * lanes, maps);
        }

        if (last % lanes == 0)
        {
            pass.Run<Inside, AtEdge, TStore>(strip, last, width, maps);
        }
        else
        {
            // Stores past the caches would have to stand on lines.
            pass.Run<Inside, AtEdge, CachedStore>(strip, last, width, maps);
        }
    }
}

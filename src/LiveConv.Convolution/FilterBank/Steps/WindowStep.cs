using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// One or two 3x3 kernels, register of columns by register, down a few rows at a time: what is known of the rows above rolls down in
/// registers. Over whole rows, the first and the last columns find what lies outside the image in their registers; the last ones stand
/// flush with the right edge, over a part of their neighbours.
/// </summary>
internal sealed unsafe class WindowStep<TPass>(int first, TPass pass, int lanes, bool streams) : FilterStep(first, pass.Maps)
    where TPass : struct, IWindowPass
{
    // So few that the rows fetched meanwhile stay in the nearest cache; and where a line takes two stores, that not more
    // lines are started than the processor keeps open: it writes an unfinished one as several small pieces.
    private readonly int streamedRows = lanes == Block.Width ? LineStores.MaxRows : 2;

    public override bool TakesWholeRows(int width) => width >= lanes;

    [MethodImpl(HotLoop.PathOptions)]
    public override bool StreamsTo(int width, Target* targets) =>
        streams && (AreOnLines(targets) || (lanes == Block.Width && width > lanes));

    [MethodImpl(HotLoop.PathOptions)]
    public override void RunWholeRows(in WindowStrip strip, int width, Target* targets)
    {
        int last = width - lanes;
        WindowMap* maps = stackalloc WindowMap[2] { new(targets[0]), new(targets[Count - 1]) };
        maps[0].Overlap = maps[1].Overlap = (lanes - last % lanes) % lanes;
        if (!StreamsTo(width, targets))
        {
            Walk<CachedStore, CachedStore, CachedStore>(strip, width, maps, strip.Count);
        }
        else if (AreOnLines(targets))
        {
            if (maps[0].Overlap == 0)
            {
                Walk<StreamingStore, StreamingStore, StreamingStore>(strip, width, maps, streamedRows);
            }
            else if (lanes == Block.Width)
            {
                Walk<StreamingStore, StreamingStore, LastLineStore>(strip, width, maps, streamedRows);
            }
            else
            {
                Walk<StreamingStore, StreamingStore, CachedStore>(strip, width, maps, streamedRows);
            }
        }
        else
        {
            WalkAcrossLines(strip, width, maps);
        }
    }

    [MethodImpl(HotLoop.PathOptions)]
    public override void Run(in Block block, Target* targets)
    {
        WindowMap* maps = stackalloc WindowMap[2] { new(targets[0]), new(targets[Count - 1]) };
        byte** rows = block.Rows;
        var strip = new WindowStrip
        {
            Above = rows[0] + block.Column,
            First = rows[1] + block.Column,
            Pitch = (nint)(rows[2] - rows[1]),
            Below = rows[block.Count + 1] + block.Column,
            Count = block.Count,
        };
        bool canStream = streams && AreOnLines(targets);
        int limit = canStream ? streamedRows : strip.Count;
        for (int y = 0; y < block.Count;)
        {
            WindowStrip part = strip.Part(y, limit, 0);
            if (canStream)
            {
                pass.Run<Inside, Inside, StreamingStore>(part, 0, block.Blocks * Block.Width, maps);
            }
            else
            {
                pass.Run<Inside, Inside, CachedStore>(part, 0, block.Blocks * Block.Width, maps);
            }

            y += Advance(maps, part.Count);
        }
    }

    [MethodImpl(HotLoop.PathOptions)]
    private bool AreOnLines(Target* targets) => targets[0].IsOnLines && targets[Count - 1].IsOnLines;

    [MethodImpl(HotLoop.PathOptions)]
    private static int Advance(WindowMap* maps, int rows)
    {
        maps[0].Origin += rows * maps[0].Pitch;
        maps[1].Origin += rows * maps[1].Pitch;
        return rows;
    }

    [MethodImpl(HotLoop.PathOptions)]
    [SkipLocalsInit]
    private void WalkAcrossLines(in WindowStrip strip, int width, WindowMap* maps)
    {
        byte* memory = stackalloc byte[2 * LineStores.MaxRows * sizeof(LineCarry) + Block.Width];
        maps[0].Lines = (LineCarry*)LineStores.LineOf(memory + Block.Width - 1);
        maps[1].Lines = maps[0].Lines + LineStores.MaxRows;
        for (int m = 0; m < 2; m++)
        {
            maps[m].IsContinuation = maps[1 - m].EndsWhereStarts(maps[m], width);
            maps[1 - m].Next = maps[m].IsContinuation ? maps[m].Lines : null;
        }

        Walk<FirstLineStore, InnerLineStore, LastLineStore>(strip, width, maps, streamedRows);
    }

    [MethodImpl(HotLoop.PathOptions)]
    private void Walk<TFirst, TInner, TLast>(in WindowStrip strip, int width, WindowMap* maps, int limit)
        where TFirst : struct, IMapStore
        where TInner : struct, IMapStore
        where TLast : struct, IMapStore
    {
        for (int y = 0; y < strip.Count;)
        {
            WindowStrip part = strip.Part(y, limit, Math.Min(limit, strip.Count));
            int last = width - lanes;
            if (last == 0)
            {
                pass.Run<AtEdge, AtEdge, TInner>(part, 0, lanes, maps);
            }
            else
            {
                pass.Run<AtEdge, Inside, TFirst>(part, 0, lanes, maps);
                if (last > lanes)
                {
                    pass.Run<Inside, Inside, TInner>(part, lanes, lanes + (last - 1) / lanes * lanes, maps);
                }

                pass.Run<Inside, AtEdge, TLast>(part, last, width, maps);
            }

            y += Advance(maps, part.Count);
        }
    }
}

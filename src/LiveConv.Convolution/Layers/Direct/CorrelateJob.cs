using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Correlates one padded image with a bank of weights. A tile is some strips of one block of output channels of one group;
/// a strip is some neighbouring vectors of outputs. Every output is its bias plus its products, added channel by channel, row
/// by row, left to right: the same bits for every tile, thread count and vector width.
/// </summary>
internal readonly unsafe struct CorrelateJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    // Multiply-adds of vectors, per channel, that are worth being handed to a worker.
    private const int MinWork = 8192;

    private readonly OutputVectors<T> vectors;
    private readonly ChannelBlocks blocks;
    private readonly nint groupPitch;
    private readonly int taps;
    private readonly int strips;
    private readonly int stripsPerTile;
    private readonly int tilesPerBlock;

    private readonly T* output;

    /// <summary>Sets a job up.</summary>
    /// <param name="layout">The padded image.</param>
    /// <param name="blocks">The output channels of a group.</param>
    /// <param name="groups">Groups, each over its own share of the image's channels.</param>
    /// <param name="taps">Products of an output.</param>
    /// <param name="output">Where the outputs go.</param>
    public CorrelateJob(PaddedLayout layout, ChannelBlocks blocks, int groups, int taps, ImageMemory<T> output)
    {
        this.blocks = blocks;
        this.taps = taps;
        this.output = output.Origin;
        vectors = new OutputVectors<T>(layout, TLanes.Count, output.RowPitch, output.ChannelPitch);
        groupPitch = layout.Channels / groups * layout.ChannelPitch;
        strips = (vectors.Count + Strip<T, TLanes, TVector>.Vectors - 1) / Strip<T, TLanes, TVector>.Vectors;
        stripsPerTile = Math.Max(1, MinWork / Strip<T, TLanes, TVector>.Vectors / Math.Max(1, taps));
        tilesPerBlock = (strips + stripsPerTile - 1) / stripsPerTile;
        Tiles = checked(groups * tilesPerBlock * blocks.Count);
    }

    public T* Padded { get; init; }

    public T* Weights { get; init; }

    public nint* TapOffsets { get; init; }

    public int Tiles { get; }

    // Blocks of channels one after another over the same pixels, which the second finds in the caches.
    public void Run(int tile)
    {
        (int first, int channels) = blocks[tile % blocks.Count];
        int part = tile / blocks.Count % tilesPerBlock;
        int group = tile / blocks.Count / tilesPerBlock;
        int channel = group * blocks.Channels + first;
        T* memory = stackalloc T[Strip<T, TLanes, TVector>.Elements];
        OutputVector<T>* places = stackalloc OutputVector<T>[2 * Strip<T, TLanes, TVector>.Vectors];
        var strip = new Strip<T, TLanes, TVector>(vectors, channels, memory, places, Weights + (nint)channel * (taps + 1))
        {
            Source = Padded + group * groupPitch,
            Target = output + channel * vectors.ChannelPitch,
            TapOffsets = TapOffsets,
            Taps = taps,
        };
        int end = Math.Min((part + 1) * stripsPerTile, strips);
        for (int s = part * stripsPerTile; s < end; s++)
        {
            strip.Run(s);
        }
    }
}

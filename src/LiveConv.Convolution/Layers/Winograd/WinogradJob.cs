using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Winograd's convolution of one padded image; a tile of work is one strip. Every output goes the same way through the same
/// operations in whatever lane it is: the same bits for every thread count and vector width.
/// </summary>
internal readonly unsafe struct WinogradJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    private const int Side = WinogradGrid.Side;
    private const int Tiles = WinogradStrip.Tiles;

    // Of eight channels by three vectors, or of one by six.
    private const int MaxSums = 24;
    private const int MaxTogether = 6;

    private readonly WinogradGrid grid;
    private readonly ChannelBlocks blocks;
    private readonly int inputs;
    private readonly nint inputPitch;
    private readonly nint sumPitch;

    public WinogradJob(WinogradGrid grid, int inputs, ChannelBlocks blocks)
    {
        this.grid = grid;
        this.inputs = inputs;
        this.blocks = blocks;
        inputPitch = WinogradStrip.Pitch(inputs);
        sumPitch = WinogradStrip.Pitch(blocks.Channels);
    }

    public required T* Padded { get; init; }

    /// <summary>As in <see cref="WinogradWeights{T}"/>.</summary>
    public required T* Weights { get; init; }

    public required nint WeightPitch { get; init; }

    public required T* Biases { get; init; }

    public required T* Output { get; init; }

    /// <summary>From a strip's first channel to each.</summary>
    public required nint* ChannelOffsets { get; init; }

    public int Strips => (grid.Count + Tiles - 1) / Tiles;

    public int Inputs => inputs;

    public int Outputs => blocks.Channels;

    /// <summary>Elements of all transformed inputs of a strip.</summary>
    public nint PointsLength => WinogradGrid.Points * inputPitch;

    public void Run(int strip)
    {
        T[] memory = ArrayPool<T>.Shared.Rent((int)WinogradStrip.Elements(inputs, blocks.Channels));
        fixed (T* start = memory)
        {
            T* points = PaddedLayout.Align(start);
            T* sums = points + PointsLength;
            TransformInputs(strip, 0, inputs, points);
            Multiply(strip, 0, WinogradGrid.Points, points, sums);
            TransformOutputs(strip, 0, blocks.Channels, sums);
        }

        ArrayPool<T>.Shared.Return(memory);
    }

    /// <summary>Transforms a strip's inputs of some channels.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="from">The first channel.</param>
    /// <param name="end">The channel after the last.</param>
    /// <param name="points">Overwritten: the strip's transformed inputs, point by point and channel by channel.</param>
    public void TransformInputs(int strip, int from, int end, T* points)
    {
        int n = TLanes.Count;
        int first = strip * Tiles;
        int vectors = VectorsOf(strip);
        T* memory = stackalloc T[WinogradGrid.Points * n + PaddedLayout.Alignment];
        T* lines = PaddedLayout.Align(memory);
        nint* offsets = stackalloc nint[WinogradGrid.Points];
        for (int i = 0; i < WinogradGrid.Points; i++)
        {
            offsets[i] = grid.Offset(i / Side, i % Side);
        }

        for (int i = from * vectors; i < end * vectors; i++)
        {
            int channel = i / vectors;
            int vector = i % vectors * n;
            T* d = Padded + channel * grid.ChannelPitch + first + vector;
            for (int x = 0; x < Side; x++)
            {
                nint* o = offsets + x;
                WinogradLines<T, TLanes, TVector>.Input(
                    TLanes.Load(d + o[0]), TLanes.Load(d + o[6]), TLanes.Load(d + o[12]), TLanes.Load(d + o[18]), TLanes.Load(d + o[24]),
                    TLanes.Load(d + o[30]), lines + x * n, Side * n);
            }

            T* target = points + channel * Tiles + vector;
            T* l = lines;
            for (int y = 0; y < Side; y++, l += Side * n, target += Side * inputPitch)
            {
                WinogradLines<T, TLanes, TVector>.Input(
                    TLanes.Load(l), TLanes.Load(l + n), TLanes.Load(l + 2 * n), TLanes.Load(l + 3 * n), TLanes.Load(l + 4 * n),
                    TLanes.Load(l + 5 * n), target, inputPitch);
            }
        }
    }

    /// <summary>Sums a strip's products, for every point a matrix product: output channels by input channels by tiles.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="from">The first point.</param>
    /// <param name="end">The point after the last.</param>
    /// <param name="points">The strip's transformed inputs.</param>
    /// <param name="sums">Overwritten: the strip's sums, point by point and channel by channel.</param>
    public void Multiply(int strip, int from, int end, T* points, T* sums)
    {
        int n = TLanes.Count;
        int vectors = VectorsOf(strip);
        T* zeros = stackalloc T[MaxSums * n];
        new Span<T>(zeros, MaxSums * n).Clear();
        OutputVector<T>* places = stackalloc OutputVector<T>[Tiles + MaxTogether];
        for (int point = from; point < end; point++)
        {
            for (int b = 0; b < blocks.Count; b++)
            {
                (int channel, int size) = blocks[b];
                int together = BlockSums<T, TLanes, TVector>.Vectors(size);
                int whole = (vectors + together - 1) / together * together;
                T* source = points + point * inputPitch;
                T* target = sums + point * sumPitch + channel * Tiles;
                for (int v = 0; v < whole; v++)
                {
                    int at = Math.Min(v, vectors - 1) * n;
                    places[v] = new() { Source = source + at, Target = target + at };
                }

                T* weights = Weights + point * WeightPitch + (nint)channel * (inputs + 1) + size;
                for (int v = 0; v < whole; v += together)
                {
                    BlockSums<T, TLanes, TVector>.Run(size, places + v, zeros, weights, ChannelOffsets, inputs, Tiles);
                }
            }
        }
    }

    /// <summary>Transforms a strip's sums of some channels, and writes their outputs.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="from">The first channel.</param>
    /// <param name="end">The channel after the last.</param>
    /// <param name="sums">The strip's sums.</param>
    public void TransformOutputs(int strip, int from, int end, T* sums)
    {
        int n = TLanes.Count;
        int first = strip * Tiles;
        int vectors = VectorsOf(strip);
        T* memory = stackalloc T[WinogradGrid.Tile * (Side * n + WinogradGrid.Tile * Tiles) + PaddedLayout.Alignment];
        T* lines = PaddedLayout.Align(memory);
        T* pixels = lines + WinogradGrid.Tile * Side * n;
        for (int channel = from; channel < end; channel++)
        {
            TVector bias = TLanes.Broadcast(Biases[channel]);
            for (int v = 0; v < vectors; v++)
            {
                T* m = sums + channel * Tiles + v * n;
                for (int x = 0; x < Side; x++, m += sumPitch)
                {
                    nint row = Side * sumPitch;
                    var y = WinogradLines<T, TLanes, TVector>.Output(
                        TLanes.Load(m), TLanes.Load(m + row), TLanes.Load(m + 2 * row), TLanes.Load(m + 3 * row), TLanes.Load(m + 4 * row),
                        TLanes.Load(m + 5 * row));
                    Store(lines + x * n, Side * n, y.Y0, y.Y1, y.Y2, y.Y3);
                }

                T* l = lines;
                for (int r = 0; r < WinogradGrid.Tile; r++, l += Side * n)
                {
                    var y = WinogradLines<T, TLanes, TVector>.Output(
                        TLanes.Load(l), TLanes.Load(l + n), TLanes.Load(l + 2 * n), TLanes.Load(l + 3 * n), TLanes.Load(l + 4 * n),
                        TLanes.Load(l + 5 * n));
                    Store(
                        pixels + r * WinogradGrid.Tile * Tiles + v * n, Tiles, TLanes.Add(y.Y0, bias), TLanes.Add(y.Y1, bias),
                        TLanes.Add(y.Y2, bias), TLanes.Add(y.Y3, bias));
                }
            }

            WinogradRows.Copy(grid, first, pixels, Output + channel * (nint)grid.Window.OutputLength);
        }
    }

    private int VectorsOf(int strip) => (Math.Min(Tiles, grid.Count - strip * Tiles) + TLanes.Count - 1) / TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* target, nint step, TVector a, TVector b, TVector c, TVector d)
    {
        TLanes.Store(target, a);
        TLanes.Store(target + step, b);
        TLanes.Store(target + 2 * step, c);
        TLanes.Store(target + 3 * step, d);
    }
}

using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// One call of a bank of two filters with a reader. Maps that are to go past the caches are filtered into a strip on the stack, which the
/// reader gets, and copied from there: to write them through the caches would mean to fetch their old pixels first.
/// </summary>
internal unsafe struct StripJob<TReader> : ITileJob
    where TReader : struct, IStripReader
{
    private const int Maps = 2;

    // With AVX-512 at 1920x1080, four rows of both maps were faster than two, eight or sixteen: they stay in the nearest cache, beside
    // what is read and what the reader writes.
    private const int NearBytes = 16 << 10;

    // A worker's stack has four times as much.
    private const int MaxBytes = 64 << 10;

    private readonly FilterJob filter;
    private readonly int width;
    private readonly nint pitch;

    // Not read-only: the compiler would copy the reader for every strip.
    private TReader reader;

    /// <summary>Initializes a job.</summary>
    /// <param name="filter">What fills the maps.</param>
    /// <param name="reader">What reads them.</param>
    /// <param name="width">Columns of a map.</param>
    /// <param name="isPast">Whether maps go past the caches.</param>
    public StripJob(in FilterJob filter, TReader reader, int width, bool isPast)
    {
        this.filter = filter;
        this.reader = reader;
        this.width = width;
        long rowBytes = PlaneShape.PitchOf(width);
        if (isPast && Maps * rowBytes <= MaxBytes)
        {
            pitch = (nint)rowBytes;
            this.filter.Rows = Math.Clamp((int)(NearBytes / (Maps * pitch)), 1, filter.Rows);
        }
    }

    public readonly int Tiles => filter.Tiles;

    /// <summary>Whether maps go past the caches; those too wide for the stack do not.</summary>
    public readonly bool IsPast => pitch > 0;

    public void Run(int tile)
    {
        int row = tile * filter.Rows;
        int count = Math.Min(filter.Rows, filter.OutputHeight - row);
        if (pitch > 0)
        {
            RunPast(tile, row, count);
            return;
        }

        filter.Run(tile);
        Read(row, count, filter.Maps[0].Below(row), filter.Maps[1].Below(row));
    }

    [SkipLocalsInit]
    private void RunPast(int tile, int row, int count)
    {
        byte* memory = stackalloc byte[(Maps * count * (int)pitch) + Block.Width];
        memory = (byte*)(((nint)memory + Block.Width - 1) & -Block.Width);
        Target* strips = stackalloc Target[Maps];
        FilterJob strip = filter;
        strip.Maps = strips;
        for (int m = 0; m < Maps; m++)
        {
            strips[m] = new Target { Origin = memory + (m * count - row) * pitch, Pitch = pitch };
        }

        strip.Run(tile);
        Read(row, count, strips[0].Below(row), strips[1].Below(row));
        for (int m = 0; m < Maps; m++)
        {
            for (int y = row; y < row + count; y++)
            {
                StreamedStores.Copy(strips[m].Below(y).Origin, filter.Maps[m].Below(y).Origin, width);
            }
        }
    }

    private void Read(int row, int count, Target first, Target second) => reader.Read(row, View(first, count), View(second, count));

    private readonly ReadOnlyPlaneView<byte> View(Target rows, int count) =>
        new(ref Unsafe.AsRef<byte>(rows.Origin), width, count, (int)rows.Pitch);
}

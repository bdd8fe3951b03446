using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>
/// What stores past the caches, which have to be whole cache lines, know of a row that starts anywhere: its last register of pixels, the
/// latter part of which is not written yet.
/// </summary>
internal struct LineCarry
{
    public Vector512<byte> Pixels;

    /// <summary>Where the pixels of a line stand: those of <see cref="Pixels"/> from 0 on, those of the next register from 64 on.</summary>
    public Vector512<byte> Places;

    /// <summary>The end of the line that the row starts in, where the map to the left of it writes that line.</summary>
    public Vector512<byte> Start;
}

/// <summary>A row's first register: what stands before the first line boundary; the rest is written with the next one.</summary>
internal readonly unsafe struct FirstLineStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* at, TPixels pixels, in WindowMap map, int row)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct
    {
        Vector512<byte> register = Unsafe.BitCast<TPixels, Vector512<byte>>(pixels);
        LineCarry* carry = map.Lines + row;
        byte* line = LineStores.LineOf(at);
        int outside = (int)(at - line);
        Vector512<byte> places = Vector512<byte>.Indices + Vector512.Create((byte)(Block.Width - outside));
        Vector512<byte> start = Avx512Vbmi.PermuteVar64x8(register, places);
        carry->Pixels = register;
        carry->Places = places;
        carry->Start = start;
        if (outside == 0)
        {
            register.StoreAlignedNonTemporal(at);
        }
        else if (!map.IsContinuation)
        {
            LineStores.StorePart(line, start, outside, Block.Width, map.Pitch);
        }
    }
}

/// <summary>Any register of a row but the first and the last: the line that it completes.</summary>
internal readonly unsafe struct InnerLineStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* at, TPixels pixels, in WindowMap map, int row)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct
    {
        Vector512<byte> register = Unsafe.BitCast<TPixels, Vector512<byte>>(pixels);
        LineCarry* carry = map.Lines + row;
        Vector512<byte> line = Avx512Vbmi.PermuteVar64x8x2(carry->Pixels, carry->Places, register);
        carry->Pixels = register;
        line.StoreAlignedNonTemporal(LineStores.LineOf(at));
    }
}

/// <summary>
/// A row's last register, which stands flush with the right edge over a part of the one before it: the line that it completes, if it does,
/// and the line that the row ends in.
/// </summary>
internal readonly unsafe struct LastLineStore : IMapStore
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TPixels, TSums>(byte* at, TPixels pixels, in WindowMap map, int row)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct
    {
        Vector512<byte> register = Unsafe.BitCast<TPixels, Vector512<byte>>(pixels);
        byte* line = LineStores.LineOf(at + map.Overlap);
        if (line <= at)
        {
            LineCarry* carry = map.Lines + row;
            Vector512<byte> next = Vector512.GreaterThanOrEqual(carry->Places, Vector512.Create((byte)Block.Width));
            Vector512<byte> places = carry->Places + (next & Vector512.Create((byte)map.Overlap));
            Avx512Vbmi.PermuteVar64x8x2(carry->Pixels, places, register).StoreAlignedNonTemporal(line);
            line += Block.Width;
        }

        int written = (int)(line - at);
        if (written < Block.Width)
        {
            int inside = Block.Width - written;
            Vector512<byte> end = Avx512Vbmi.PermuteVar64x8(register, Vector512<byte>.Indices + Vector512.Create((byte)written));
            if (map.OwnsLineEnds)
            {
                end.StoreAlignedNonTemporal(line);
            }
            else if (map.Next is not null)
            {
                Vector512<byte> isInside = Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)inside));
                Vector512.ConditionalSelect(isInside, end, map.Next[row].Start).StoreAlignedNonTemporal(line);
            }
            else
            {
                LineStores.StorePart(line, end, 0, inside, map.Pitch);
            }
        }
    }
}

internal static unsafe class LineStores
{
    /// <summary>Rows that are walked down together, at most.</summary>
    public const int MaxRows = 8;

    /// <summary>The cache line of an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* LineOf(byte* address) => (byte*)((nint)address & -Block.Width);

    /// <summary>Stores a part of a line through the caches; the rest of it is not touched.</summary>
    /// <remarks>
    /// The store has to wait for the line, and all others behind it: the line of the row that is stored into next here is requested now.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(byte* line, Vector512<byte> pixels, int from, int to, nint pitch)
    {
        Prefetch.Line(line + MaxRows * pitch);
        Vector512<byte> mask = Vector512.GreaterThanOrEqual(Vector512<byte>.Indices, Vector512.Create((byte)from))
            & Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)to));
        Avx512BW.MaskStore(line, mask, pixels);
    }
}

namespace LiveConv.Convolution;

/// <summary>
/// What the integer filters need of a vector register, said once for every width. Sums are 16-bit and lie in an order
/// of the width's own ("split": low and high halves as the unpack and pack instructions make them), so only
/// <see cref="Pack"/>, <see cref="StoreSums"/> and <see cref="AddSums"/> turn them back into a row.
/// </summary>
/// <typeparam name="TPixels">Count 8-bit pixels.</typeparam>
/// <typeparam name="TSums">Count 16-bit sums, or Count pairs of pixels.</typeparam>
internal unsafe interface ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
{
    /// <summary>Pixels in a register.</summary>
    static abstract int Count { get; }

    /// <summary>All sums zero.</summary>
    static abstract TSums Zero { get; }

    /// <summary>Reads Count pixels; no alignment asked.</summary>
    static abstract TPixels Load(byte* pixels);

    /// <summary>Writes Count pixels; no alignment asked.</summary>
    static abstract void Store(byte* pixels, TPixels value);

    /// <summary>Writes Count pixels past the caches where the machine can; the address is a multiple of Count.</summary>
    static abstract void StoreStreaming(byte* pixels, TPixels value);

    /// <summary>Two weights for <see cref="Dot"/>, in every lane.</summary>
    static abstract TPixels Weights(sbyte first, sbyte second);

    /// <summary>A pair of weights given twice in 32 bits, in every lane.</summary>
    static abstract TPixels Spread(int weights);

    /// <summary>The same 16-bit value in every lane.</summary>
    static abstract TSums Broadcast(short value);

    /// <summary>Pairs each pixel of one register with the same lane of another.</summary>
    static abstract TSums Pair(TPixels first, TPixels second);

    /// <summary><c>first*weight0 + second*weight1</c> in every lane; the caller keeps it within 16 bits.</summary>
    static abstract TSums Dot(TSums pairs, TPixels weights);

    /// <summary>
    /// <c>pixels[i]*weight0 + pixels[i+1]*weight1</c> for Count places. Reads Count + 1 pixels. The sums lie in
    /// interleaved order: <see cref="Split"/> them before any other use than adding.
    /// </summary>
    static abstract TSums DotAdjacent(byte* pixels, TPixels weights);

    /// <summary>Turns sums of <see cref="DotAdjacent"/> into split order.</summary>
    static abstract TSums Split(TSums interleaved);

    /// <summary>Sum, modulo 2^16.</summary>
    static abstract TSums Add(TSums a, TSums b);

    /// <summary>Difference, modulo 2^16.</summary>
    static abstract TSums Subtract(TSums a, TSums b);

    /// <summary>Absolute value.</summary>
    static abstract TSums Abs(TSums a);

    /// <summary>The sums as pixels, saturated to 0..255.</summary>
    static abstract TPixels Pack(TSums sums);

    /// <summary>Writes Count sums in the order of the row.</summary>
    static abstract void StoreSums(short* row, TSums sums);

    /// <summary>Adds Count sums to those of a row, modulo 2^16.</summary>
    static abstract void AddSums(short* row, TSums sums);
}

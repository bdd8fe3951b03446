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

    /// <summary>Reads Count pixels; the address need not be aligned.</summary>
    static abstract TPixels Load(byte* pixels);

    /// <summary>The left neighbours of Count pixels: the same a place later, after a given first one.</summary>
    static abstract TPixels LeftOf(TPixels pixels, byte first);

    /// <summary>The right neighbours of Count pixels: the same a place earlier, before a given last one.</summary>
    static abstract TPixels RightOf(TPixels pixels, byte last);

    /// <summary>Writes Count pixels; the address need not be aligned.</summary>
    static abstract void Store(byte* pixels, TPixels value);

    /// <summary>Writes Count pixels past the caches where the machine can; the address is a multiple of Count.</summary>
    static abstract void StoreStreaming(byte* pixels, TPixels value);

    /// <summary>Two weights for <see cref="Dot"/>, in every lane.</summary>
    static abstract TPixels Weights(sbyte first, sbyte second);

    /// <summary>A pair of weights given twice in 32 bits, in every lane.</summary>
    static abstract TPixels Broadcast(int weights);

    /// <summary>The same 16-bit value in every lane.</summary>
    static abstract TSums Broadcast(short value);

    /// <summary>Pairs each pixel of one register with the same lane of another.</summary>
    static abstract TSums Interleave(TPixels first, TPixels second);

    /// <summary><c>first*weight0 + second*weight1</c> in every lane; the caller keeps it within 16 bits.</summary>
    static abstract TSums Dot(TSums pairs, TPixels weights);

    /// <summary>
    /// <c>pixels[i]*weight0 + pixels[i+1]*weight1</c> for Count places. Reads Count + 1 pixels. The sums lie in
    /// interleaved order: <see cref="Deinterleave"/> them before any other use than adding.
    /// </summary>
    static abstract TSums DotAdjacent(byte* pixels, TPixels weights);

    /// <summary>Turns sums of <see cref="DotAdjacent"/> into split order.</summary>
    static abstract TSums Deinterleave(TSums interleaved);

    /// <summary>Sum, modulo 2^16.</summary>
    static abstract TSums Add(TSums a, TSums b);

    /// <summary>Difference, modulo 2^16.</summary>
    static abstract TSums Subtract(TSums a, TSums b);

    /// <summary>Absolute value.</summary>
    static abstract TSums Abs(TSums a);

    /// <summary>
    /// <c>sum * gain + offset</c>, rounded half to even and saturated to 16 bits: a <see cref="FusedScale"/>'s gain and ones, which keep
    /// everything exact but for the one rounding.
    /// </summary>
    static abstract TSums Scale(TSums sums, float gain, float ones);

    /// <summary>The sums as pixels, saturated to 0..255.</summary>
    static abstract TPixels Pack(TSums sums);

    /// <summary>Writes Count sums in the order of the row.</summary>
    static abstract void StoreSums(short* row, TSums sums);

    /// <summary>Adds Count sums to those of a row, modulo 2^16.</summary>
    static abstract void AddSums(short* row, TSums sums);

    /// <summary>16-bit words of a row that <see cref="DotWords"/> makes sums for: Count / 2, but for single pixels.</summary>
    static abstract int WordCount { get; }

    /// <summary>
    /// <c>words[i]*weight0 + words[i+1]*weight1</c> in 32 bits, modulo 2^32, for WordCount places. Reads WordCount + 1 words.
    /// The sums lie in interleaved order: only <see cref="AddWords"/>, <see cref="StoreWords"/> and <see cref="Narrow"/> take them.
    /// </summary>
    /// <param name="words">16-bit words in the order of a row; the address need not be aligned.</param>
    /// <param name="weights">Two 16-bit weights, the first in the low half.</param>
    static abstract TSums DotWords(short* words, int weights);

    /// <summary>Sum of 32-bit sums, modulo 2^32.</summary>
    static abstract TSums AddWords(TSums a, TSums b);

    /// <summary>Writes WordCount 32-bit sums in the order of the row.</summary>
    static abstract void StoreWords(int* row, TSums sums);

    /// <summary>
    /// The low 16 bits of the 32-bit sums of twice WordCount neighbours, in split order. Single pixels have none but the first.
    /// </summary>
    static abstract TSums Narrow(TSums first, TSums second);
}

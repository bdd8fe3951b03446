using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>The sums themselves, written or added: <see cref="RawRow"/>.</summary>
internal sealed unsafe class RawWriter<TSum, TOut>(bool adds) : SumWriter<TSum>
    where TSum : unmanaged, INumber<TSum>
    where TOut : unmanaged, INumber<TOut>
{
    public override int OutputBytes => sizeof(TOut);

    public override void Write(TSum* sums, int count, byte* target) => RawRow.Write(sums, count, (TOut*)target, adds);
}

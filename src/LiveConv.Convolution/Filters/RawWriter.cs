using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>The sums themselves: rounded half to even for integer types, and saturated.</summary>
internal sealed unsafe class RawWriter<TSum, TOut> : SumWriter<TSum>
    where TSum : unmanaged, INumber<TSum>
    where TOut : unmanaged, INumber<TOut>
{
    private static readonly bool Rounds = typeof(TSum) == typeof(double) && typeof(TOut) != typeof(float);

    public override int OutputBytes => sizeof(TOut);

    public override void Write(TSum* sums, int count, byte* target)
    {
        var outputs = (TOut*)target;
        for (int i = 0; i < count; i++)
        {
            outputs[i] = Rounds
                ? TOut.CreateSaturating(Math.Round(double.CreateTruncating(sums[i]), MidpointRounding.ToEven))
                : TOut.CreateSaturating(sums[i]);
        }
    }
}

using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>How exact sums leave the bank.</summary>
internal abstract unsafe class SumWriter<TSum>
    where TSum : unmanaged
{
    /// <summary>Writes a row of outputs.</summary>
    public abstract void Write(ReadOnlySpan<TSum> sums, byte* target);
}

/// <summary>8-bit pixels: <c>clamp(response(roundHalfEven(sum * gain)))</c>.</summary>
internal sealed unsafe class PixelWriter<TSum>(Response response, double gain) : SumWriter<TSum>
    where TSum : unmanaged, INumber<TSum>
{
    public override void Write(ReadOnlySpan<TSum> sums, byte* target)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            target[i] = ToPixel(double.CreateTruncating(sums[i]));
        }
    }

    private byte ToPixel(double sum)
    {
        double value = Math.Round(sum * gain, MidpointRounding.ToEven);
        double pixel = response switch
        {
            Response.Abs => Math.Abs(value),
            Response.Offset128 => value + 128,
            Response.Positive => value,
            _ => -value,
        };
        return (byte)Math.Clamp(pixel, 0, byte.MaxValue);
    }
}

/// <summary>The sums themselves: rounded half to even for integer types, and saturated.</summary>
internal sealed unsafe class RawWriter<TSum, TOut> : SumWriter<TSum>
    where TSum : unmanaged, INumber<TSum>
    where TOut : unmanaged, INumber<TOut>
{
    private static readonly bool Rounds = typeof(TSum) == typeof(double) && typeof(TOut) != typeof(float);

    public override void Write(ReadOnlySpan<TSum> sums, byte* target)
    {
        var outputs = (TOut*)target;
        for (int i = 0; i < sums.Length; i++)
        {
            outputs[i] = Rounds
                ? TOut.CreateSaturating(Math.Round(double.CreateTruncating(sums[i]), MidpointRounding.ToEven))
                : TOut.CreateSaturating(sums[i]);
        }
    }
}

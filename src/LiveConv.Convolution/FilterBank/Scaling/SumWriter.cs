using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How exact sums leave the bank.</summary>
internal abstract unsafe class SumWriter<TSum>
    where TSum : unmanaged
{
    /// <summary>Bytes of an output.</summary>
    public abstract int OutputBytes { get; }

    /// <summary>Writes a row of outputs.</summary>
    /// <param name="sums">Block.Width sums; may be overwritten.</param>
    /// <param name="count">How many of them are written.</param>
    /// <param name="target">Where to.</param>
    public abstract void Write(TSum* sums, int count, byte* target);
}

/// <summary>8-bit pixels: <c>clamp(response(roundHalfEven(sum * gain)))</c>.</summary>
internal sealed unsafe class PixelWriter<TSum>(Filter filter) : SumWriter<TSum>
    where TSum : unmanaged
{
    private readonly Response response = filter.Response;
    private readonly RealScaling scaling = new(filter);
    private readonly int shift = RoundingShift.Of(filter);

    public override int OutputBytes => 1;

    [SkipLocalsInit]
    public override void Write(TSum* sums, int count, byte* target)
    {
        if (count == Block.Width)
        {
            WriteBlock(sums, target);
            return;
        }

        byte* pixels = stackalloc byte[Block.Width];
        WriteBlock(sums, pixels);
        Unsafe.CopyBlockUnaligned(target, pixels, (uint)count);
    }

    private void WriteBlock(TSum* sums, byte* pixels)
    {
        if (typeof(TSum) == typeof(double) || shift < 0)
        {
            scaling.Write(sums, pixels);
        }
        else if (shift == 0)
        {
            SumScaling.Write((int*)sums, default(Unscaled), response, pixels);
        }
        else
        {
            SumScaling.Write((int*)sums, new Shifted(shift), response, pixels);
        }
    }
}

/// <summary>The sums themselves, written or added: <see cref="RawRow"/>.</summary>
internal sealed unsafe class RawWriter<TSum, TOut>(bool adds) : SumWriter<TSum>
    where TSum : unmanaged, INumber<TSum>
    where TOut : unmanaged, INumber<TOut>
{
    public override int OutputBytes => sizeof(TOut);

    public override void Write(TSum* sums, int count, byte* target) => RawRow.Write(sums, count, (TOut*)target, adds);
}

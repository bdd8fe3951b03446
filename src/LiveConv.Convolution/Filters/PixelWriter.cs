namespace LiveConv.Convolution;

/// <summary>8-bit pixels: <c>clamp(response(roundHalfEven(sum * gain)))</c>.</summary>
internal sealed unsafe class PixelWriter<TSum>(Filter filter) : SumWriter<TSum>
    where TSum : unmanaged
{
    private readonly Response response = filter.Response;
    private readonly double gain = filter.Gain;
    private readonly int shift = RoundingShift.Of(filter);

    public override int OutputBytes => 1;

    public override void Write(TSum* sums, int count, byte* target)
    {
        int* scaled = stackalloc int[Block.Width];
        if (typeof(TSum) == typeof(double))
        {
            SumScaling.Multiply((double*)sums, gain, scaled);
        }
        else if (shift == 0)
        {
            scaled = (int*)sums;
        }
        else if (shift > 0)
        {
            scaled = (int*)sums;
            SumScaling.ShiftRight(scaled, shift);
        }
        else
        {
            SumScaling.Multiply((int*)sums, gain, scaled);
        }

        byte* pixels = stackalloc byte[Block.Width];
        SumScaling.Respond(scaled, response, pixels);
        new ReadOnlySpan<byte>(pixels, count).CopyTo(new Span<byte>(target, count));
    }
}

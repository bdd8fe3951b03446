using System.Numerics;

namespace LiveConv.Convolution.Stacks;

/// <summary>
/// Values become pixels: <c>clamp(response(roundHalfEven(value * gain)), 0, 255)</c>, as in a <see cref="FilterBank"/>. What is
/// no number becomes 0.
/// </summary>
internal readonly unsafe struct PixelRow(StackOutput output, Plane<float> from, byte* to, nint pitch) : IRowWork
{
    private readonly float gain = output.Response == Response.Negative ? -output.Gain : output.Gain;
    private readonly float offset = output.Response == Response.Offset128 ? 128 : 0;
    private readonly bool isAbs = output.Response == Response.Abs;

    // Only the product needs double precision, and not when it is but a change of the exponent. (What is too small for that
    // rounds to 0, and what is too large to 255, in both.)
    private readonly bool isExact = MathF.Abs(output.Gain) is >= 1f / (1 << 24) and <= 1 << 24 && float.IsPow2(MathF.Abs(output.Gain));

    public void Run(int row)
    {
        ReadOnlySpan<float> values = from.Row(row);
        var pixels = new Span<byte>(to + row * pitch, from.Width);
        int step = Vector<float>.Count;
        int x = 0;
        for (; x <= values.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            ReadOnlySpan<float> block = values.Slice(x, Vector<byte>.Count);
            Vector<short> low = Vector.Narrow(Pixels(block), Pixels(block[step..]));
            Vector<short> high = Vector.Narrow(Pixels(block[(2 * step)..]), Pixels(block[(3 * step)..]));
            Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()).CopyTo(pixels[x..]);
        }

        for (; x < values.Length; x++)
        {
            double value = (double)values[x] * gain;
            double pixel = Math.Round(isAbs ? Math.Abs(value) : value, MidpointRounding.ToEven) + offset;
            pixels[x] = double.IsNaN(pixel) ? (byte)0 : (byte)Math.Clamp(pixel, byte.MinValue, byte.MaxValue);
        }
    }

    // 0 to 255 already: narrowing keeps the value.
    private Vector<int> Pixels(ReadOnlySpan<float> values)
    {
        var value = new Vector<float>(values);
        Vector<float> rounded = isExact ? Vector.Round(value * gain) : Round(value);
        Vector<float> pixel = (isAbs ? Vector.Abs(rounded) : rounded) + new Vector<float>(offset);
        pixel = Vector.ConditionalSelect(Vector.Equals(pixel, pixel), pixel, Vector<float>.Zero);
        return Vector.ConvertToInt32(Vector.Min(Vector.Max(pixel, Vector<float>.Zero), new Vector<float>(byte.MaxValue)));
    }

    // A whole number within float's own whole numbers stays what it is, and one beyond them is beyond every pixel.
    private Vector<float> Round(Vector<float> values)
    {
        Vector.Widen(values, out Vector<double> low, out Vector<double> high);
        return Vector.Narrow(Vector.Round(low * (double)gain), Vector.Round(high * (double)gain));
    }
}

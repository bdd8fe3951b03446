using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Values become pixels: <c>clamp(response(roundHalfEven(value * gain)), 0, 255)</c>, as in a <see cref="FilterBank"/>. What is
/// no number becomes 0.
/// </summary>
internal readonly struct PixelRow(StackOutput output, Plane<float> from, Plane<byte> to) : IRowWork
{
    private readonly double gain = output.Response == Response.Negative ? -(double)output.Gain : output.Gain;
    private readonly double offset = output.Response == Response.Offset128 ? 128 : 0;
    private readonly bool isAbs = output.Response == Response.Abs;

    public void Run(int row)
    {
        ReadOnlySpan<float> values = from.Row(row);
        Span<byte> pixels = to.Row(row);
        int x = 0;
        for (; x <= values.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            int step = Vector<float>.Count;
            Vector<short> low = Vector.Narrow(Round(values[x..]), Round(values[(x + step)..]));
            Vector<short> high = Vector.Narrow(Round(values[(x + 2 * step)..]), Round(values[(x + 3 * step)..]));
            Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()).CopyTo(pixels[x..]);
        }

        for (; x < values.Length; x++)
        {
            double value = values[x] * gain;
            double pixel = Math.Round(isAbs ? Math.Abs(value) : value, MidpointRounding.ToEven) + offset;
            pixels[x] = double.IsNaN(pixel) ? (byte)0 : (byte)Math.Clamp(pixel, byte.MinValue, byte.MaxValue);
        }
    }

    // 0 to 255 already: narrowing keeps the value.
    private Vector<int> Round(ReadOnlySpan<float> values)
    {
        Vector.Widen(new Vector<float>(values), out Vector<double> low, out Vector<double> high);
        return Vector.ConvertToInt32(Vector.Narrow(Round(low), Round(high)));
    }

    private Vector<double> Round(Vector<double> values)
    {
        Vector<double> value = values * gain;
        Vector<double> pixel = Vector.Round(isAbs ? Vector.Abs(value) : value, MidpointRounding.ToEven) + new Vector<double>(offset);
        pixel = Vector.ConditionalSelect(Vector.Equals(pixel, pixel), pixel, Vector<double>.Zero);
        return Vector.Min(Vector.Max(pixel, Vector<double>.Zero), new Vector<double>(byte.MaxValue));
    }
}

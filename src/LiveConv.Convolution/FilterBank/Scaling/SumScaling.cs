using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>Turns a block's row of sums into pixels with a gain that is a shift, or 1, in the machine's own vectors.</summary>
internal static unsafe class SumScaling
{
    /// <summary>Scales, applies the response and saturates.</summary>
    /// <param name="sums">Block.Width sums.</param>
    /// <param name="scale">How they are shifted.</param>
    /// <param name="response">How they become pixels.</param>
    /// <param name="pixels">Block.Width pixels.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Write<TScale>(int* sums, TScale scale, Response response, byte* pixels)
        where TScale : struct, ISumScale
    {
        var masks = new Masks(response);
        int step = Vector<int>.Count;
        for (int x = 0; x < Block.Width; x += Vector<byte>.Count)
        {
            int* from = sums + x;
            Vector<short> low = Vector.Narrow(masks.Respond(scale.Load(from)), masks.Respond(scale.Load(from + step)));
            Vector<short> high = Vector.Narrow(masks.Respond(scale.Load(from + 2 * step)), masks.Respond(scale.Load(from + 3 * step)));
            Vector.Store(Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()), pixels + x);
        }
    }

    /// <summary>
    /// The responses without a branch: the value or its negative, plus an offset; at least the value itself, or 0; at most 255.
    /// </summary>
    private readonly struct Masks(Response response)
    {
        private readonly Vector<int> negate = new(response is Response.Abs or Response.Negative ? -1 : 0);
        private readonly Vector<int> offset = new(response == Response.Offset128 ? 128 : 0);
        private readonly Vector<int> keep = new(response == Response.Abs ? -1 : 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<int> Respond(Vector<int> value)
        {
            Vector<int> signed = (value ^ negate) - negate + offset;
            return Vector.Min(Vector.Max(signed, value & keep), new Vector<int>(byte.MaxValue));
        }
    }
}

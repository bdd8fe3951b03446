using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Turns sums of single precision, gain included, into pixels, and finds those that are so near to the middle between two pixels that the
/// sum in double precision may be another pixel.
/// </summary>
/// <remarks>
/// A sum between 0 and 255 (or -128 and 127, which 128 is added to) becomes a float between 256 and 512, of which the low 15 bits are the
/// fraction: plus a half, so that its whole part is the rounded sum, and plus what the sum may be off, so that all uncertain ones, on both
/// sides of the middle, have fractions from 0 to twice that, and nothing in the bits above. A sum beyond the pixels is certain: it is first
/// replaced by the nearest pixel.
/// </remarks>
internal readonly unsafe struct FloatScaling
{
    // The last bit of a float between 256 and 512.
    private const double Step = 1.0 / (1 << 15);

    // Beyond this the fraction would have too few bits left.
    private const double MaxError = 1.0 / 16;

    private readonly bool isAbs;
    private readonly float min;
    private readonly float max;
    private readonly float offset;
    private readonly uint mask;

    /// <summary>How sums become pixels.</summary>
    /// <param name="response">The response, but for <see cref="Response.Negative"/>, which the sums are for already.</param>
    /// <param name="maxError">How far a sum may be from that in double precision.</param>
    public FloatScaling(Response response, double maxError)
    {
        int offset128 = response == Response.Offset128 ? 128 : 0;
        isAbs = response == Response.Abs;
        (min, max) = (-offset128, byte.MaxValue - offset128);

        uint steps = Steps(maxError);
        offset = (float)(256.5 + offset128 + steps * Step);
        mask = (uint)(1 / Step) - 2 * steps;
    }

    /// <summary>The part of all fractions that are uncertain.</summary>
    /// <param name="maxError">How far a sum may be from that in double precision.</param>
    public static double UncertainPart(double maxError) => maxError <= MaxError ? 2 * Steps(maxError) * Step : 1;

    // Adding the offset rounds once more, by half a step at most.
    private static uint Steps(double maxError) => BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(maxError / Step + 0.5));

    /// <summary>Writes the pixels of a block.</summary>
    /// <param name="scaling">How; a copy, as what lies behind a reference might change with every store.</param>
    /// <param name="sums">Block.Width sums for each row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="target">Where the pixels go.</param>
    /// <param name="uncertain">For each row a bit for each pixel that is uncertain, the first one's lowest.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Write<TLanes, TVector>(FloatScaling scaling, float* sums, int count, Target target, ulong* uncertain)
        where TLanes : IRealLanes<float, TVector>
        where TVector : struct
    {
        bool isAbs = scaling.isAbs;
        TVector min = TLanes.Broadcast(scaling.min);
        TVector max = TLanes.Broadcast(scaling.max);
        TVector offset = TLanes.Broadcast(scaling.offset);
        int step = TLanes.Count;
        for (int y = 0; y < count; y++, target.Origin += target.Pitch)
        {
            ulong near = 0;
            for (int x = 0; x < Block.Width; x += 4 * step, sums += 4 * step)
            {
                TVector a = TLanes.Load(sums);
                TVector b = TLanes.Load(sums + step);
                TVector c = TLanes.Load(sums + 2 * step);
                TVector d = TLanes.Load(sums + 3 * step);
                if (isAbs)
                {
                    (a, b, c, d) = (TLanes.Abs(a), TLanes.Abs(b), TLanes.Abs(c), TLanes.Abs(d));
                }

                a = TLanes.Add(TLanes.Clamp(a, min, max), offset);
                b = TLanes.Add(TLanes.Clamp(b, min, max), offset);
                c = TLanes.Add(TLanes.Clamp(c, min, max), offset);
                d = TLanes.Add(TLanes.Clamp(d, min, max), offset);
                near |= TLanes.StorePixels(target.Origin + x, a, b, c, d, scaling.mask) << x;
            }

            uncertain[y] = near;
        }
    }
}

namespace LiveConv.Media;

/// <summary>
/// Random numbers of a scene, the same on every system: SplitMix64 (Steele, Lea and Flood, 2014), and no function of the system's library.
/// </summary>
/// <param name="seed">Which scenes.</param>
/// <param name="number">Which of them.</param>
internal struct SceneDice(long seed, int number)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state = Mix((ulong)seed + Step) ^ Mix((ulong)number * Step);

    /// <summary>A number from one bound to below the other.</summary>
    public double From(double low, double high)
    {
        state += Step;
        return low + (high - low) * ((Mix(state) >> 11) * (1.0 / (1L << 53)));
    }

    /// <summary>The sine and the cosine of any angle.</summary>
    public (double Sin, double Cos) Direction()
    {
        while (true)
        {
            double x = From(-1, 1), y = From(-1, 1), square = x * x + y * y;
            if (square is > 0.01 and <= 1)
            {
                double length = Math.Sqrt(square);
                return (y / length, x / length);
            }
        }
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

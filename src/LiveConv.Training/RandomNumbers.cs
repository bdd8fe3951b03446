namespace LiveConv.Training;

/// <summary>Numbers of a seed, the same on every system and with every version of .NET: SplitMix64 (Steele, Lea and Flood, 2014).</summary>
internal sealed class RandomNumbers(long seed)
{
    private ulong state = (ulong)seed;

    /// <summary>From 0 to below 1, in steps of 2^-53.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>From 0 to below a bound.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Brings elements into a random order.</summary>
    public void Shuffle(Span<int> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int other = NextInt(i + 1);
            (elements[i], elements[other]) = (elements[other], elements[i]);
        }
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}

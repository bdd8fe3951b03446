namespace LiveConv.Networks;

/// <summary>What a network may still take.</summary>
internal sealed class Budget(NetworkOptions options)
{
    private long bytes;
    private long multiplyAdds;

    /// <summary>Takes memory, before it is there.</summary>
    /// <exception cref="NetworkException">It is too much.</exception>
    public void TakeMemory(long count)
    {
        bytes += Math.Max(0, count);
        if (count < 0 || bytes > options.MaxMemoryBytes)
        {
            throw new NetworkException($"the network would take more than {options.MaxMemoryBytes >> 20} MiB of memory, the limit");
        }
    }

    /// <summary>Takes multiply-adds of every run.</summary>
    /// <exception cref="NetworkException">They are too many.</exception>
    public void TakeMultiplyAdds(double count)
    {
        if (multiplyAdds + count > options.MaxMultiplyAdds)
        {
            throw new NetworkException($"a run would take more than {options.MaxMultiplyAdds} multiply-adds, the limit");
        }

        multiplyAdds += (long)count;
    }
}

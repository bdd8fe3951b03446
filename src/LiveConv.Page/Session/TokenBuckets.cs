namespace LiveConv.Page;

/// <summary>A <see cref="TokenBucket"/> for each of many keys, of which only those that were used lately are kept. Thread-safe.</summary>
/// <typeparam name="TKey">Who or what is bounded.</typeparam>
/// <param name="make">Makes the bucket of a key.</param>
/// <param name="max">How many are kept. When as many keys come at once, the further ones share one bucket.</param>
public sealed class TokenBuckets<TKey>(Func<TKey, TokenBucket> make, int max)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, TokenBucket> buckets = [];
    private TokenBucket? shared;

    /// <summary>Whether nothing was taken from any for so long that it counts no more.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return shared is not { IsFull: false } && buckets.Values.All(bucket => bucket.IsFull);
            }
        }
    }

    /// <summary>The bucket of a key.</summary>
    /// <param name="key">The key.</param>
    public TokenBucket Of(TKey key)
    {
        lock (gate)
        {
            if (buckets.TryGetValue(key, out TokenBucket? bucket))
            {
                return bucket;
            }

            if (buckets.Count >= max)
            {
                ForgetIdle();
            }

            return buckets.Count < max ? buckets[key] = make(key) : shared ??= make(key);
        }
    }

    private void ForgetIdle()
    {
        foreach ((TKey key, TokenBucket bucket) in buckets)
        {
            if (bucket.IsFull)
            {
                buckets.Remove(key);
            }
        }
    }
}

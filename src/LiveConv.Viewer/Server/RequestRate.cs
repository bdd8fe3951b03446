using System.Collections.Concurrent;
using System.Net;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>How often one address may request files and connections: what comes too often waits. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class RequestRate(TimeProvider time)
{
    private const int Burst = 400;
    private const int MaxAddresses = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentDictionary<IPAddress, TokenBucket> addresses = new();

    /// <summary>A request has come.</summary>
    /// <param name="from">Where from; null when unknown.</param>
    /// <returns>How long its answer is to wait.</returns>
    public TimeSpan TimeToWait(IPAddress? from)
    {
        // Those that came long ago count for nothing; so much the less when there are very many.
        if (addresses.Count > MaxAddresses)
        {
            addresses.Clear();
        }

        return addresses.GetOrAdd(from ?? IPAddress.None, static (_, clock) => new TokenBucket(clock, Burst, Period), time).Take(1);
    }
}

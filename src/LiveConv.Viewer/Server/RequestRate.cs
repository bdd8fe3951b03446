using System.Net;
using System.Net.Sockets;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>
/// How often one address may request files and connections: what comes too often waits, and what would wait too long is refused. Those who
/// have shown a token have a share of their own, so that nobody without one uses it up, not from the same address or proxy either.
/// Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RequestRate(TimeProvider time)
{
    private const int MaxAddresses = 1000;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private readonly TokenBuckets<(IPAddress From, PageRole? Role)> all = new(key => BucketOf(time, key.Role), MaxAddresses);

    /// <summary>A request has come.</summary>
    /// <param name="from">Where from; null when unknown.</param>
    /// <param name="role">What its token permits; null without one.</param>
    /// <returns>How long its answer is to wait; null when that is too long.</returns>
    public TimeSpan? TimeToWait(IPAddress? from, PageRole? role) => all.Of((NetworkOf(from ?? IPAddress.None), role)).Take(1, MaxWait);

    // The bounds are in docs/protocol.md.
    private static TokenBucket BucketOf(TimeProvider time, PageRole? role) => role is null
        ? new TokenBucket(time, burst: 200, TimeSpan.FromMilliseconds(20))
        : new TokenBucket(time, burst: 400, TimeSpan.FromMilliseconds(5));

    // One customer of a provider has a whole network of 2^64 addresses of IPv6.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

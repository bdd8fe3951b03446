using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>
/// Tells guests' browsers apart that come from one address, behind a proxy or router: each gets a signed number with its cookie. It
/// permits nothing. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class GuestSessions(TimeProvider time)
{
    private const int MaxNetworks = 1000;
    private const int NumberDigits = 16;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    // A class that comes at once has one each, and one guest gains little by many. The bound is in docs/protocol.md.
    private readonly TokenBuckets<IPAddress> made = new(_ => new TokenBucket(time, burst: 64, TimeSpan.FromSeconds(1)), MaxNetworks);

    /// <summary>A new one.</summary>
    /// <param name="network">Where the browser is.</param>
    /// <returns>Hexadecimal digits; null when too many were made for this network lately.</returns>
    public string? New(IPAddress network)
    {
        if (!made.Of(network).TryTake())
        {
            return null;
        }

        string number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NumberDigits / 2));
        return number + Signature(number);
    }

    /// <summary>Whether one is of this run.</summary>
    /// <param name="session">What a browser sent.</param>
    public bool IsOurs(string session) =>
        session.Length > NumberDigits && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(session[NumberDigits..]), Encoding.UTF8.GetBytes(Signature(session[..NumberDigits])));

    private string Signature(string number) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(number)))[..32];
}

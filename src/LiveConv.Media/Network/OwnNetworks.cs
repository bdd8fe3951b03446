using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LiveConv.Media;

/// <summary>
/// The addresses of this machine's interfaces, and the networks that they are in: an address of the internet's may be this machine's, or
/// that of a neighbour, above all with IPv6. Immutable.
/// </summary>
/// <param name="own">The addresses, each with the length of its network's prefix in bits.</param>
internal sealed class OwnNetworks((IPAddress Address, int PrefixLength)[] own)
{
    // A shorter prefix is no network of a home or company, but a tunnel's way of taking everything.
    private const int MinPrefixLengthIPv4 = 8;
    private const int MinPrefixLengthIPv6 = 32;

    /// <summary>Those of now.</summary>
    /// <returns>The networks; none where the system does not list its interfaces.</returns>
    public static OwnNetworks Now()
    {
        try
        {
            return new([.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses)
                .Select(one => (one.Address, one.PrefixLength))]);
        }
        catch (Exception e) when (e is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            return new([]);
        }
    }

    /// <summary>The class of an address, seen from this machine.</summary>
    /// <param name="address">The address.</param>
    public HostClass ClassOf(IPAddress address)
    {
        HostClass registered = HostClasses.Of(address);
        IPAddress[] both = [address, HostClasses.Carried(address)];
        return registered is HostClass.None or HostClass.Loopback ? registered
            : both.Any(one => own.Any(mine => SharedBits(one, mine.Address) == BitsOf(one))) ? HostClass.Loopback
            : registered == HostClass.Public && both.Any(one => own.Any(mine => IsInNetwork(one, mine.Address, mine.PrefixLength)))
                ? HostClass.Private
            : registered;
    }

    private static bool IsInNetwork(IPAddress address, IPAddress mine, int prefixLength) =>
        prefixLength >= (mine.AddressFamily == AddressFamily.InterNetwork ? MinPrefixLengthIPv4 : MinPrefixLengthIPv6)
        && SharedBits(address, mine) >= prefixLength;

    private static int BitsOf(IPAddress address) => address.GetAddressBytes().Length * 8;

    // How many bits are the same from the start; none for addresses of different kinds.
    private static int SharedBits(IPAddress one, IPAddress other)
    {
        byte[] a = one.GetAddressBytes();
        byte[] b = other.GetAddressBytes();
        int same = a.Length == b.Length ? a.AsSpan().CommonPrefixLength(b) : 0;
        return (same * 8) + (a.Length != b.Length || same == a.Length ? 0 : byte.LeadingZeroCount((byte)(a[same] ^ b[same])));
    }
}

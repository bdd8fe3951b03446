using System.Net;
using System.Net.Sockets;

namespace LiveConv.Media;

/// <summary>Where a host is, by its address.</summary>
internal enum HostClass
{
    /// <summary>No host has such an address: multicast, broadcast, reserved ones.</summary>
    None,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>The cable or radio cell that this machine is on. Clouds offer their machines' secrets at such an address.</summary>
    LinkLocal,

    /// <summary>A network of a home, a company or a provider.</summary>
    Private,

    /// <summary>The internet.</summary>
    Public,
}

/// <summary>Classifies addresses, by the registries of special-purpose addresses (RFC 6890 and its successors).</summary>
internal static class HostClasses
{
    private const int IPv4Length = 4;

    /// <summary>The class of an address; one that holds an IPv4 address in an IPv6 one has that one's class.</summary>
    /// <param name="address">The address.</param>
    public static HostClass Of(IPAddress address)
    {
        byte[] bytes = Carried(address).GetAddressBytes();
        return bytes.Length == IPv4Length ? OfIPv4(bytes) : bytes switch
        {
            _ when bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 => HostClass.Loopback,
            [0xFE, var next, ..] when (next & 0xC0) == 0x80 => HostClass.LinkLocal,

            // Unique local addresses, and the older site-local ones.
            [0xFC or 0xFD, ..] or [0xFE, _, ..] => HostClass.Private,
            [var first, ..] when (first & 0xE0) == 0x20 => HostClass.Public,
            _ => HostClass.None,
        };
    }

    /// <summary>The IPv4 address that an IPv6 one stands for; any other address as it is.</summary>
    /// <param name="address">The address.</param>
    public static IPAddress Carried(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bool isZeroUntil12 = bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;
        return bytes switch
        {
            _ when isZeroUntil12 && bytes[12..] is [0, 0, 0, 0 or 1] => address,
            _ when isZeroUntil12 || address.IsIPv4MappedToIPv6 => new(bytes[12..]),

            // Translated by a gateway of the network (NAT64), or carried to the IPv4 host (6to4).
            [0x00, 0x64, 0xFF, 0x9B, ..] => new(bytes[12..]),
            [0x20, 0x02, ..] => new(bytes[2..6]),
            _ => address,
        };
    }

    /// <summary>Where that is, for a message: "on this machine".</summary>
    /// <param name="hosts">The class.</param>
    public static string Describe(HostClass hosts) => hosts switch
    {
        HostClass.Loopback => "on this machine",
        HostClass.LinkLocal => "at a link-local address",
        HostClass.Private => "in a private network",
        HostClass.Public => "on the public internet",
        _ => "no host's address",
    };

    // 0.x.x.x is this machine, too: Linux connects to it.
    private static HostClass OfIPv4(byte[] bytes) => bytes switch
    {
        [0 or 127, ..] => HostClass.Loopback,
        [169, 254, ..] => HostClass.LinkLocal,
        [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..] or [198, 18 or 19, ..] => HostClass.Private,
        [>= 224, ..] => HostClass.None,
        _ => HostClass.Public,
    };
}

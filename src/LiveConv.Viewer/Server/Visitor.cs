using System.Net;
using System.Net.Sockets;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>Who connects, as far as that can be known: what is bounded is bounded for each of them.</summary>
/// <param name="Network">Where from: an address, of IPv6 a network of 2^64 of them.</param>
/// <param name="Role">What the token permits; null without one.</param>
/// <param name="Session">A guest's browser among those behind the same proxy or router; null when it has none.</param>
internal readonly record struct Visitor(IPAddress Network, PageRole? Role, string? Session)
{
    /// <summary>The network of an address. One customer of a provider has a whole network of 2^64 addresses of IPv6.</summary>
    /// <param name="address">The address; null when unknown.</param>
    public static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

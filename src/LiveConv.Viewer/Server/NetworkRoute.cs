using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LiveConv.Viewer;

/// <summary>An address of this machine on a network.</summary>
/// <param name="Interface">The interface's name.</param>
/// <param name="Address">The address.</param>
/// <param name="IsDefault">The system sends from it what has no other route.</param>
/// <param name="HasRouter">There is a default route through its interface, perhaps one with a higher metric.</param>
/// <param name="IsVirtual">A tunnel, or a network inside this machine.</param>
internal sealed record NetworkRoute(string Interface, IPAddress Address, bool IsDefault, bool HasRouter, bool IsVirtual)
{
    // By the starts of names, and by words in what Windows calls them.
    private static readonly string[] Tunnels =
        ["tun", "tap", "utun", "wg", "ppp", "ipsec", "tailscale", "zt", "nordlynx", "proton", "mullvad", "gpd", "cscotun"];

    private static readonly string[] TunnelWords = ["vpn", "wireguard", "tap-windows", "tunnel", "tailscale", "zerotier"];
    private static readonly string[] Internals =
        ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "podman", "cni", "flannel", "lxc", "lxd", "bridge", "vethernet", "dummy"];

    private static readonly string[] InternalWords = ["virtual", "hyper-v", "vmware"];

    /// <summary>The addresses that other machines may reach, best first: that of the default route, not a tunnel's or a bridge's.</summary>
    /// <param name="all">The addresses, in the system's order.</param>
    public static IReadOnlyList<NetworkRoute> Sort(IEnumerable<NetworkRoute> all) =>
    [
        .. all.OrderBy(route => IsLinkLocal(route.Address))
            .ThenBy(route => route.IsVirtual)
            .ThenByDescending(route => route.IsDefault)
            .ThenByDescending(route => route.HasRouter)
            .ThenBy(route => route.Address.AddressFamily != AddressFamily.InterNetwork),
    ];

    /// <summary>The addresses of this machine's interfaces that are up, best first, without loopback.</summary>
    public static IReadOnlyList<NetworkRoute> OfThisMachine()
    {
        try
        {
            IPAddress?[] defaults = [RouteTo("192.0.2.1"), RouteTo("2001:db8::1")];
            return Sort(NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
                    && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(network => Of(network, defaults)));
        }
        catch (Exception e) when (e is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            // A container may have no file that tells of its network.
            return [];
        }
    }

    private static IEnumerable<NetworkRoute> Of(NetworkInterface network, IPAddress?[] defaults)
    {
        IPInterfaceProperties properties = network.GetIPProperties();
        bool hasGateway = properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any));
        bool isVirtual = IsTunnel(network) || (IsInternal(network) && !hasGateway);
        return properties.UnicastAddresses
            .Select(unicast => unicast.Address)
            .Where(address => !address.IsIPv6LinkLocal)
            .Select(address => new NetworkRoute(network.Name, address, defaults.Contains(address), hasGateway, isVirtual));
    }

    private static bool IsTunnel(NetworkInterface network) =>
        network.NetworkInterfaceType is NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp or NetworkInterfaceType.Unknown
        || File.Exists($"/sys/class/net/{network.Name}/tun_flags")
        || IsNamed(network, Tunnels, TunnelWords);

    private static bool IsInternal(NetworkInterface network) =>
        Directory.Exists($"/sys/class/net/{network.Name}/bridge") || IsNamed(network, Internals, InternalWords);

    private static bool IsNamed(NetworkInterface network, string[] starts, string[] words) =>
        starts.Any(start => network.Name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        || words.Any(word => network.Description.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Given to itself by a machine that found nobody to give it one.
    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, _, _];

    // Nothing is sent: the system only looks up the way, and so which of its addresses would be the sender's.
    private static IPAddress? RouteTo(string address)
    {
        var target = IPAddress.Parse(address);
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target, port: 9);
            return (socket.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

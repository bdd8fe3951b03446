using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LiveConv.Viewer;

/// <summary>What this machine is called in an address that others open.</summary>
internal static class NetworkName
{
    /// <summary>The name for an address that is listened on.</summary>
    /// <param name="listen">The address; one that means "all of them" is named by the first that others can reach.</param>
    /// <returns>A number as it stands in an address, or the machine's name.</returns>
    public static string Of(IPAddress listen)
    {
        bool isAny = listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any);
        IPAddress? reachable = isAny ? FirstOfThisMachine() : listen;
        return reachable switch
        {
            null => Environment.MachineName,
            { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{reachable}]",
            _ => reachable.ToString(),
        };
    }

    private static IPAddress? FirstOfThisMachine()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up
                && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)
                .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }
}

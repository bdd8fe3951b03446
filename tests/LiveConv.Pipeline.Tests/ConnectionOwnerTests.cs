using System.Net;
using System.Net.Sockets;

namespace LiveConv.Pipeline.Tests;

/// <summary>Whose connections are this user's; those of another account are in the tests of attacks.</summary>
public sealed class ConnectionOwnerTests
{
    [SkippableTheory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("::1", "::1", false)]
    public void IsThisUsers_ConnectionOfThisProgram_UntilItIsClosed(string at, string to, bool isOpen)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/proc/net/tcp"), "needs /proc/net/tcp");
        IPAddress address = IPAddress.Parse(to);
        Skip.If(address.AddressFamily == AddressFamily.InterNetworkV6 && !File.Exists("/proc/net/tcp6"), "needs IPv6");
        using var listener = new TcpListener(IPAddress.Parse(at), 0);
        listener.Start();
        var owner = new ConnectionOwner();
        using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.IsIPv4MappedToIPv6)
        {
            client.DualMode = true;
        }

        client.Connect(new IPEndPoint(address, ((IPEndPoint)listener.LocalEndpoint).Port));
        using Socket accepted = listener.AcceptSocket();
        if (!isOpen)
        {
            client.Dispose();
        }

        Assert.True(owner.IsKnown);
        Assert.Equal(isOpen, owner.IsThisUsers(EndOf(accepted.LocalEndPoint!), EndOf(accepted.RemoteEndPoint!)));
    }

    private static ConnectionEnd EndOf(EndPoint end) => new(((IPEndPoint)end).Address.GetAddressBytes(), ((IPEndPoint)end).Port);
}

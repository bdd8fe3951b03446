using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>Which hosts belong together, and that a name is looked up once for each connection.</summary>
public sealed class AddressGuardTests
{
    private static readonly OwnNetworks Near = new([
        .. new (string Address, int PrefixLength)[]
        {
            ("127.0.0.1", 8), ("203.0.113.5", 24), ("192.168.1.2", 24), ("198.51.100.7", 32), ("10.8.0.1", 0), ("2001:db8:1:2::5", 64),
            ("fe80::5", 64), ("2001:db8:ffff::1", 3),
        }.Select(one => (IPAddress.Parse(one.Address), one.PrefixLength)),
    ]);

    [Theory]
    [InlineData("127.0.0.1", "Loopback")]
    [InlineData("127.255.0.3", "Loopback")]
    [InlineData("0.0.0.0", "Loopback")]
    [InlineData("::1", "Loopback")]
    [InlineData("::", "Loopback")]
    [InlineData("::ffff:127.0.0.1", "Loopback")]
    [InlineData("::127.0.0.1", "Loopback")]
    [InlineData("64:ff9b::7f00:1", "Loopback")]
    [InlineData("2002:7f00:1::", "Loopback")]
    [InlineData("169.254.169.254", "LinkLocal")]
    [InlineData("::ffff:169.254.169.254", "LinkLocal")]
    [InlineData("fe80::1", "LinkLocal")]
    [InlineData("febf::1", "LinkLocal")]
    [InlineData("10.0.0.1", "Private")]
    [InlineData("172.16.0.1", "Private")]
    [InlineData("172.31.255.255", "Private")]
    [InlineData("192.168.1.1", "Private")]
    [InlineData("100.64.0.1", "Private")]
    [InlineData("fc00::1", "Private")]
    [InlineData("fd12::1", "Private")]
    [InlineData("fec0::1", "Private")]
    [InlineData("2002:c0a8:101::", "Private")]
    [InlineData("172.32.0.1", "Public")]
    [InlineData("100.128.0.1", "Public")]
    [InlineData("8.8.8.8", "Public")]
    [InlineData("2001:4860::8888", "Public")]
    [InlineData("224.0.0.1", "None")]
    [InlineData("255.255.255.255", "None")]
    [InlineData("ff02::1", "None")]
    public void Of_Address_IsWhereItIs(string address, string expected) =>
        Assert.Equal(expected, HostClasses.Of(IPAddress.Parse(address)).ToString());

    // This machine has 203.0.113.5/24, 2001:db8:1:2::5/64 and the rest; a tunnel takes everything.
    [Theory]
    [InlineData("203.0.113.5", "Loopback")]
    [InlineData("::ffff:203.0.113.5", "Loopback")]
    [InlineData("64:ff9b::203.0.113.5", "Loopback")]
    [InlineData("2001:db8:1:2::5", "Loopback")]
    [InlineData("192.168.1.2", "Loopback")]
    [InlineData("fe80::5", "Loopback")]
    [InlineData("198.51.100.7", "Loopback")]
    [InlineData("127.0.0.9", "Loopback")]
    [InlineData("203.0.113.6", "Private")]
    [InlineData("::ffff:203.0.113.6", "Private")]
    [InlineData("2001:db8:1:2:ffff::1", "Private")]
    [InlineData("192.168.1.3", "Private")]
    [InlineData("fe80::6", "LinkLocal")]
    [InlineData("203.0.112.6", "Public")]
    [InlineData("2001:db8:1:3::5", "Public")]
    [InlineData("198.51.100.8", "Public")]
    [InlineData("8.8.8.8", "Public")]
    [InlineData("224.0.0.1", "None")]
    public void ClassOf_Address_IsNearIfItIsOfThisMachinesNetworks(string address, string expected) =>
        Assert.Equal(expected, Near.ClassOf(IPAddress.Parse(address)).ToString());

    [Fact]
    public void Now_Addresses_AreOnThisMachine()
    {
        IPAddress[] own = [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)];

        Assert.NotEmpty(own);
        Assert.All(own, address => Assert.Equal(HostClass.Loopback, OwnNetworks.Now().ClassOf(address)));
    }

    [Theory]
    [InlineData("2001:4860::8888", "2001:db8:1:2::5", "on this machine", "on the public internet")]
    [InlineData("2001:4860::8888", "2001:db8:1:2::6", "in a private network", "on the public internet")]
    [InlineData("2001:db8:1:2::6", "2001:4860::8888", "on the public internet", "in a private network")]
    public async Task ConnectAsync_FromTheInternetToANeighbour_IsRefused(string host, string to, string where, string own)
    {
        var guard = new AddressGuard(host, 80, networks: Near);

        LiveConvException refused = await Assert.ThrowsAsync<LiveConvException>(() => guard.ConnectAsync(to, 1, CancellationToken.None));

        Assert.Contains($"leads to [{to}]:1, {where}, while the address itself is {own}", refused.Message, StringComparison.Ordinal);
    }

    // A name's owner may let it lead elsewhere at any time: first to the internet, then to this machine.
    [Fact]
    public async Task ConnectAsync_NameThatComesToLeadElsewhere_IsRefused()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        int asked = 0;
        var guard = new AddressGuard("camera.test", port, (_, _) => Task.FromResult(
            Interlocked.Increment(ref asked) == 1 ? [IPAddress.Parse("203.0.113.9")] : new[] { IPAddress.Loopback }));

        LiveConvException refused = await Assert.ThrowsAsync<LiveConvException>(
            () => guard.ConnectAsync("camera.test", port, CancellationToken.None));

        Assert.Contains($"leads to camera.test:{port}, on this machine", refused.Message, StringComparison.Ordinal);
        Assert.False(server.Pending());
    }

    // The first address is silent, the second refuses, the third answers.
    [SkippableFact]
    public async Task ConnectAsync_SeveralAddresses_TakesTheOneThatAnswers()
    {
        Skip.If(OperatingSystem.IsMacOS(), "macOS has no loopback address but 127.0.0.1");
        using var server = new TcpListener(IPAddress.Parse("127.0.0.3"), 0);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        var guard = new AddressGuard(
            "camera.test", port,
            (_, _) => Task.FromResult(new[] { IPAddress.Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3") }));

        using Socket connected = await guard.ConnectAsync("camera.test", port, CancellationToken.None);

        Assert.Equal(IPAddress.Parse("127.0.0.3"), ((IPEndPoint)connected.RemoteEndPoint!).Address);
    }

    [Theory]
    [InlineData("127.1")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("0177.0.0.1")]
    [InlineData("::ffff:7f00:1")]
    public async Task ConnectAsync_OtherSpellingsOfThisMachine_AreThisMachine(string host)
    {
        var guard = new AddressGuard("203.0.113.9", 80);

        LiveConvException refused = await Assert.ThrowsAsync<LiveConvException>(
            () => guard.ConnectAsync(host, 1, CancellationToken.None));

        Assert.Contains("on this machine", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://camera/x", "camera", 80)]
    [InlineData("http://user:pass@camera:81?x", "camera", 81)]
    [InlineData("http://[::1]:82/", "::1", 82)]
    [InlineData("http://[fe80::1%25eth0]/", "fe80::1%25eth0", 80)]
    [InlineData("http://a@b@camera#x", "camera", 80)]
    public void OfAddress_IsTheHostAndPort(string address, string host, int port) =>
        Assert.Equal(new HostPort(host, port), HostPort.OfAddress(address, 80));

    [Theory]
    [InlineData("http:///x")]
    [InlineData("http://:80/x")]
    [InlineData("http://camera:0/")]
    [InlineData("http://camera:65536/")]
    [InlineData("http://camera:1x/")]
    public void OfAddress_WithoutHostOrPort_IsNothing(string address) => Assert.Null(HostPort.OfAddress(address, 80));

    [Theory]
    [InlineData("camera.test", null, null, false)]
    [InlineData("camera.test", "http://proxy:3128", null, true)]
    [InlineData("camera.test", "socks5://proxy", null, false)]
    [InlineData("camera.test", "http://proxy:3128", "localhost, .test", false)]
    [InlineData("camera.test", "http://proxy:3128", "camera.test", false)]
    [InlineData("camera.test", "http://proxy:3128", "era.test", true)]
    [InlineData("camera.test", "http://proxy:3128", "*", false)]
    public void Serves_Host_UnlessItIsAnException(string host, string? proxy, string? exceptions, bool expected) =>
        Assert.Equal(expected, UsersProxy.Serves(host, proxy, exceptions));

    [Fact]
    public void Parse_RequestToAProxy_LosesThePasswordOnItsWay()
    {
        HttpHead head = HttpHead.Parse([
            "GET http://camera:81/a%20b?c HTTP/1.1", "Host: camera:81", "Proxy-Authorization: Basic eDp5", "Range: bytes=0-"])!;

        Assert.Equal((new HostPort("camera", 81), "Basic eDp5"), (head.To, head.Credentials));
        Assert.Equal(
            "GET /a%20b?c HTTP/1.1\r\nHost: camera:81\r\nRange: bytes=0-\r\n\r\n", System.Text.Encoding.Latin1.GetString(head.ToServer()));
    }

    [Theory]
    [InlineData("GET ftp://camera/x HTTP/1.1")]
    [InlineData("GET /x HTTP/1.1")]
    [InlineData("CONNECT camera HTTP/1.1")]
    [InlineData("GET http://camera/x")]
    public void Parse_OtherRequest_IsNone(string line) => Assert.Null(HttpHead.Parse([line]));
}

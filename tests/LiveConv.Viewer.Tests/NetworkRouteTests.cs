using System.Net;

namespace LiveConv.Viewer.Tests;

public sealed class NetworkRouteTests
{
    [Theory]
    [InlineData("the default route's before another network's", "eth1 10.0.0.5", "eth0 192.168.1.20 default")]
    [InlineData("a network inside the machine last", "docker0 172.17.0.1 virtual", "eth0 192.168.1.20 default")]
    [InlineData("a tunnel last, though the default route goes through it", "tun0 10.8.0.2 default virtual", "wlan0 192.168.1.20 default")]
    [InlineData("the way that the system takes before another router's", "eth0 10.0.0.5 router", "wlan0 192.168.1.20 router default")]
    [InlineData("a router's behind a tunnel before a network without", "eth1 10.0.0.5", "eth0 192.168.1.20 router")]
    [InlineData("a network without a router before a tunnel", "tun0 10.8.0.2 default virtual", "eth0 192.168.1.20")]
    [InlineData("IPv4 before IPv6", "eth0 2001:db8::5 default", "eth0 192.168.1.20 default")]
    [InlineData("IPv6 of the default route before IPv4 of a bridge", "docker0 172.17.0.1 virtual", "eth0 2001:db8::5 default")]
    [InlineData("one that the machine gave itself last", "eth1 169.254.3.4", "wg0 10.8.0.2 virtual")]
    public void Sort_TwoAddresses_PutsFirst(string what, string worse, string better)
    {
        Assert.Equal(Read(better), NetworkRoute.Sort([Read(worse), Read(better)])[0]);
        Assert.True(Read(better) == NetworkRoute.Sort([Read(better), Read(worse)])[0], what);
    }

    private static NetworkRoute Read(string words)
    {
        string[] parts = words.Split(' ');
        return new NetworkRoute(
            parts[0], IPAddress.Parse(parts[1]), parts.Contains("default"), parts.Contains("router"), parts.Contains("virtual"));
    }
}

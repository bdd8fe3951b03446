using System.Diagnostics;

namespace LiveConv.App.Tests;

/// <summary>Which address is printed, on machines with several networks: network namespaces of their own.</summary>
public class PrintedAddressTests
{
    // A bridge of containers with the lower number, and a network card.
    private const string Networks = """
        set -e
        net() { ip link add $1 type veth peer name p$1; ip addr add $2 dev $1; ip link set p$1 up; ip link set $1 up; }
        tunnel() { ip tuntap add dev $1 mode tun; ip addr add 10.8.0.2/24 dev $1; ip link set $1 up; }
        ip link set lo up
        ip link add docker0 type bridge
        ip addr add 172.17.0.1/16 dev docker0
        net veth9 10.99.0.1/24
        ip addr del 10.99.0.1/24 dev veth9
        ip link set pveth9 master docker0
        ip link set docker0 up
        net eth0 192.168.1.20/24

        """;

    [SkippableTheory]
    [InlineData("one router", "ip route add default via 192.168.1.1")]
    [InlineData("a way without a router", "ip route add default dev eth0")]
    [InlineData("no way out", "true")]
    [InlineData("a VPN", "ip route add default via 192.168.1.1 metric 600; tunnel tun0; ip route add default via 10.8.0.1 metric 50")]
    [InlineData("a VPN of any name", "ip route add default via 192.168.1.1 metric 600; tunnel corp; ip route add default dev corp")]
    [InlineData(
        "two cards",
        "net aaa0 10.1.1.1/24; ip route add default via 10.1.1.9 metric 600; ip route add default via 192.168.1.1 metric 100")]
    public async Task Address_OnSeveralNetworks_IsThatOfTheDefaultRoute(string networks, string commands)
    {
        (int exitCode, string output) = await RunAsync(commands, "--listen", "0.0.0.0", "--addresses");

        Assert.True(exitCode == 0, output);
        Assert.True(output.Contains("the maps are at http://192.168.1.20:", StringComparison.Ordinal), $"{networks}: {output}");
        Assert.Contains("guests look on at http://192.168.1.20:", output, StringComparison.Ordinal);
        Assert.Matches(@"http://172\.17\.0\.1:\d+/\?token=\w+ +\(docker0\)", output);
        Assert.Contains(".local:", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Address_OnABridgeWithTheDefaultRoute_IsTheBridges()
    {
        const string Bridge = "ip link add br0 type bridge; ip addr add 192.168.9.5/24 dev br0; net eth1 10.77.0.1/24; "
            + "ip link set peth1 master br0; ip link set br0 up; ip route add default via 192.168.9.1";

        (_, string output) = await RunAsync(Bridge, "--listen", "0.0.0.0");

        Assert.Contains("the maps are at http://192.168.9.5:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("docker0", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Address_WithIPv6Alone_IsANumberInBrackets()
    {
        const string Six = "ip addr del 192.168.1.20/24 dev eth0; ip addr add 2001:db8:1::5/64 dev eth0 nodad; "
            + "ip route add default via 2001:db8:1::1";

        (_, string output) = await RunAsync(Six, "--listen", "::");

        Assert.Contains("the maps are at http://[2001:db8:1::5]:", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string commands, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "network namespaces are Linux's");
        Skip.IfNot(Tools.Has("ip") && Tools.Has("unshare"), "ip or unshare is not installed");
        (int possible, string why) = await ShellAsync(Networks + "ip tuntap add dev tun9 mode tun");
        Skip.If(possible != 0, $"no network namespace can be made here: {why}");
        string program = Path.Combine(AppContext.BaseDirectory, "liveconv.dll");
        string run = $"exec dotnet '{program}' --source test --frames 3 {string.Join(' ', arguments)}";
        return await ShellAsync($"{Networks}{commands}\n{run}");
    }

    private static async Task<(int ExitCode, string Output)> ShellAsync(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("unshare", ["-rn", "sh", "-c", script]) { RedirectStandardError = true })!;
        string output = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, output);
    }
}

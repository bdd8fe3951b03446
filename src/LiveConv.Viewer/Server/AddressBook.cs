using System.Net;
using System.Net.Sockets;

namespace LiveConv.Viewer;

/// <summary>The addresses of the page, for the presenter, for guests and for this machine's browser.</summary>
/// <param name="listen">The address that is listened on; null for the loopback addresses.</param>
/// <param name="proxy">The address under which a proxy serves the page, or null.</param>
/// <param name="names">This machine's names.</param>
/// <param name="guard">Knows the tokens.</param>
internal sealed class AddressBook(IPAddress? listen, PublicAddress? proxy, MachineNames names, RequestGuard guard)
{
    private bool IsAny => listen is not null && (listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any));

    /// <summary>The addresses when the page is served at a port.</summary>
    public PageAddresses At(int port)
    {
        List<(string Host, string Way)> hosts = [.. Hosts()];
        string local = listen is null || IsAny || IPAddress.IsLoopback(listen) ? "localhost" : NumberOf(listen);
        IEnumerable<PageAddress> ways = hosts.Select(host => new PageAddress(PageAt(host.Host, port), host.Way));
        PageAddress[] pages = [.. proxy is null ? [] : (PageAddress[])[new PageAddress(proxy.Page, "the proxy")], .. ways];
        string token = guard.IsOpenToOthers ? guard.Tokens.Guest : "";
        Uri best = pages[0].Address;
        return new PageAddresses(
            guard.WithToken(best, guard.Tokens.Presenter),
            guard.IsOpenToOthers ? guard.WithToken(best, token) : null,
            guard.WithToken(PageAt(local, port), guard.Tokens.Single),
            [.. pages.Select(page => page with { Address = guard.WithToken(page.Address, token) })]);
    }

    private static Uri PageAt(string host, int port) => new($"http://{host}:{port}/");

    private static string NumberOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";

    private IEnumerable<(string Host, string Way)> Hosts()
    {
        const string ThisMachine = "this machine only";
        if (listen is null)
        {
            string[] loopback = Socket.OSSupportsIPv6 ? ["localhost", "127.0.0.1", "[::1]"] : ["localhost", "127.0.0.1"];
            return loopback.Select(host => (host, ThisMachine));
        }

        if (!IsAny)
        {
            return [(NumberOf(listen), IPAddress.IsLoopback(listen) ? ThisMachine : "the address of --listen")];
        }

        IEnumerable<(string, string)> reachable = NetworkRoute.OfThisMachine()
            .Where(route => listen.Equals(IPAddress.IPv6Any) || route.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(route => (NumberOf(route.Address), route.Interface));
        return [.. reachable, ($"{names.Short}.local", "by name, where the network knows it"), ("localhost", ThisMachine)];
    }
}

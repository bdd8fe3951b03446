using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LiveConv.Viewer;

/// <summary>
/// The names by which others on the network know this machine. A foreign name that is made to point here (DNS rebinding) must not be
/// among them: so they are this machine's own name, alone and under domains that no stranger can have names in.
/// </summary>
internal sealed class MachineNames
{
    // Multicast DNS, and what home routers and RFC 6762, 8375 and ICANN keep for local networks.
    private static readonly string[] LocalDomains =
        ["local", "lan", "home", "home.arpa", "internal", "intranet", "private", "localdomain", "fritz.box"];

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task<string?> canonical;

    /// <summary>The names of a machine.</summary>
    /// <param name="name">What it calls itself, with or without a domain.</param>
    /// <param name="domains">The domains that its resolver looks in for short names.</param>
    /// <param name="canonical">Its whole name as its resolver has it, when that is known.</param>
    public MachineNames(string name, IEnumerable<string> domains, Task<string?> canonical)
    {
        this.canonical = canonical;
        Short = name.Split('.')[0];
        names.Add(name);
        names.Add(Short);
        names.UnionWith(LocalDomains.Concat(domains).Where(domain => domain.Length > 0).Select(domain => $"{Short}.{domain}"));
    }

    /// <summary>Its name without a domain.</summary>
    public string Short { get; }

    /// <summary>The names of the machine that this program runs on.</summary>
    public static MachineNames OfThisMachine()
    {
        string name = Environment.MachineName;
        try
        {
            name = Dns.GetHostName();
        }
        catch (SocketException)
        {
            // The name without its domain is the better known one anyway.
        }

        return new MachineNames(name, SearchDomains(), CanonicalAsync(name));
    }

    /// <summary>Whether a name is one of this machine's.</summary>
    /// <param name="host">The name in a request.</param>
    public bool Contains(string host) => names.Contains(host) || names.Contains(WithoutNumber(host)) || IsCanonical(host);

    // Multicast DNS gives the second machine of a name a number: NAME-2.local.
    private static string WithoutNumber(string host)
    {
        int dash = host.LastIndexOf('-');
        bool isNumbered = dash > 0 && host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            && host.AsSpan(dash + 1, host.Length - dash - 1 - ".local".Length) is { Length: > 0 and < 4 } number
            && !number.ContainsAnyExceptInRange('0', '9');
        return isNumbered ? $"{host[..dash]}.local" : host;
    }

    private static List<string> SearchDomains()
    {
        var domains = new List<string>();
        try
        {
            domains.Add(IPGlobalProperties.GetIPGlobalProperties().DomainName);
            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                domains.AddRange(network.GetIPProperties().DnsSuffix.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }
        catch (Exception e) when (
            e is NetworkInformationException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
        {
            // The other names are known without it.
        }

        return domains;
    }

    // In the background: without a network a resolver takes seconds to say that it knows nothing.
    private static async Task<string?> CanonicalAsync(string name)
    {
        try
        {
            return (await Dns.GetHostEntryAsync(name).ConfigureAwait(false)).HostName;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }
    }

    // A resolver may answer with another machine's name altogether; it must begin with this one's.
    private bool IsCanonical(string host) =>
        canonical is { IsCompletedSuccessfully: true, Result: { } known }
        && string.Equals(known, host, StringComparison.OrdinalIgnoreCase)
        && known.StartsWith(Short + ".", StringComparison.OrdinalIgnoreCase);
}

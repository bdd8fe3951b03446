using System.Globalization;
using System.Net;

namespace LiveConv.Media;

/// <summary>A host and its port, as they stand in an address.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">The port.</param>
internal readonly record struct HostPort(string Host, int Port)
{
    /// <summary>Finds them in an address with a scheme.</summary>
    /// <param name="address">The address; users and passwords in it are passed over.</param>
    /// <param name="defaultPort">The port of an address without one.</param>
    /// <returns>Null when there is no host, or no such port.</returns>
    public static HostPort? OfAddress(string address, int defaultPort)
    {
        int start = address.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        string rest = address[(start + 3)..];
        int end = rest.AsSpan().IndexOfAny("/?#\\");
        string authority = end < 0 ? rest : rest[..end];
        return Parse(authority[(authority.LastIndexOf('@') + 1)..], defaultPort);
    }

    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[address]:port</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultPort">The port of a text without one; 0 for none, which is an error then.</param>
    /// <returns>Null when it is none of these.</returns>
    public static HostPort? Parse(string text, int defaultPort)
    {
        int bracket = text.LastIndexOf(']');
        int colon = text.IndexOf(':', Math.Max(bracket, 0));
        string host = (colon < 0 ? text : text[..colon]).TrimStart('[').TrimEnd(']');
        int port = defaultPort;
        bool isPort = colon < 0
            || int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        return host.Length > 0 && isPort && port is > 0 and <= IPEndPoint.MaxPort ? new HostPort(host, port) : null;
    }
}

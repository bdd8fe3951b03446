using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Pipeline;

/// <summary>
/// Addresses as they are shown: the scheme, the host and the port. Everything else may be a secret: users, passwords, queries, fragments,
/// and the paths that many servers use as keys.
/// </summary>
public static partial class AddressText
{
    private const string Hidden = "...";
    private const int MinSecret = 3;
    private const int MaxPort = 65535;

    /// <summary>The display name of an address.</summary>
    /// <param name="address">An address with a scheme, with or without its slashes; another text is returned as it is.</param>
    /// <returns>The name, such as <c>rtsp://camera:554/...</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    public static string ToDisplay(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Split(address) is not { } parts)
        {
            return WithoutSlashes().Match(address) is { Success: true } scheme ? $"{scheme.Value}{Hidden}" : address;
        }

        string path = parts.Rest.Length > 1 ? "/" + Hidden : "";
        return $"{parts.Scheme}://{(IsUnsure(parts) ? Hidden : parts.Host + path)}";
    }

    /// <summary>
    /// Explains why the host or port of an address cannot be known: a user or password holds a character that ends the host's part,
    /// slashes are missing, or no port has that number.
    /// </summary>
    /// <param name="address">An address.</param>
    /// <returns>The reason and what to do; null when nothing is wrong.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    public static string? FindFault(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Split(address) switch
        {
            { } parts when !HasPort(parts.Host) && parts.Rest.Contains('@', StringComparison.Ordinal) =>
                "the user or password in the address holds a character that separates parts: write / as %2F, ? as %3F and # as %23",
            { } parts when PortOf(parts.Host) is { Length: > 0 } port && IsTooHigh(port) =>
                $"there is no port {port}: the highest is {MaxPort}",
            null when WithoutSlashes().IsMatch(address) => "an address has two slashes behind its scheme, as in rtsp://camera/live",
            _ => null,
        };
    }

    /// <summary>Removes from a message of another program whatever should not be shown of an address.</summary>
    /// <param name="text">The message.</param>
    /// <param name="address">The address in use, parts of which may stand in the message on their own.</param>
    /// <returns>The message with every address in its display form.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string Clean(string text, string address)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(address);
        string clean = text.Replace(address, ToDisplay(address), StringComparison.Ordinal);
        clean = AnyAddress().Replace(clean, match => ToDisplay(match.Value));
        if (Split(address) is not { } parts)
        {
            return clean;
        }

        foreach (string secret in SecretsIn(parts).OrderByDescending(part => part.Length))
        {
            clean = clean.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return clean;
    }

    private static IEnumerable<string> SecretsIn(Parts parts)
    {
        string[] values =
        [
            .. parts.User.Split(':'),
            .. parts.Rest.Split('/', '?', '#', '&', ';', '@'),
            .. parts.Rest.Split('?', '#', '&', ';').Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]),
        ];
        return values.Concat(values.Select(Uri.UnescapeDataString)).Where(value => value.Length >= MinSecret).Distinct();
    }

    // In "user:pa/ss@host" the host seems to be "user". A path may hold an @ without that, so this is a guess to the safe side.
    private static bool IsUnsure(Parts parts)
    {
        string path = parts.Rest.Split('?', '#')[0];
        bool isPasswordCut = parts.User.Length == 0 && parts.Host.Contains(':', StringComparison.Ordinal)
            && !parts.Host.EndsWith(']') && path.Contains('@', StringComparison.Ordinal);
        return isPasswordCut || !HasPort(parts.Host);
    }

    private static bool IsTooHigh(string port) => port.Length > 5 || int.Parse(port, CultureInfo.InvariantCulture) > MaxPort;

    // True for a host with a port that is a number, or without a port.
    private static bool HasPort(string host) =>
        host[(host.LastIndexOf(']') + 1)..].Contains(':', StringComparison.Ordinal) is false || PortOf(host) is not null;

    // The digits behind the last colon, without leading zeros; null when there are none, or something else.
    private static string? PortOf(string host)
    {
        string behind = host[(host.LastIndexOf(']') + 1)..];
        int colon = behind.LastIndexOf(':');
        return colon < 0 || behind.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') >= 0 ? null : behind[(colon + 1)..].TrimStart('0');
    }

    private static Parts? Split(string address)
    {
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 1)
        {
            return null;
        }

        string rest = address[(scheme + 3)..];
        int end = rest.AsSpan().IndexOfAny("/?#\\");
        string authority = end < 0 ? rest : rest[..end];
        int at = authority.LastIndexOf('@');
        return new Parts(
            address[..scheme], at < 0 ? "" : authority[..at], authority[(at + 1)..], end < 0 ? "" : rest[end..]);
    }

    private sealed record Parts(string Scheme, string User, string Host, string Rest);

    // Also the name of a file, when there is one.
    [GeneratedRegex("^(https?|rtsps?|rtmps?|srt|tcp|udp|rtp):(?!//)", RegexOptions.IgnoreCase)]
    private static partial Regex WithoutSlashes();

    [GeneratedRegex("""[A-Za-z][A-Za-z0-9+.\-]*://[^\s'"<>]*[^\s'"<>:.,;)]""")]
    private static partial Regex AnyAddress();
}

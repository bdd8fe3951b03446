using System.Text;

namespace LiveConv.Media;

/// <summary>The head of a request that FFmpeg sends to a proxy: its first line and its fields.</summary>
/// <param name="Method">The method.</param>
/// <param name="To">The server.</param>
/// <param name="Path">What is requested of it; empty for a tunnel.</param>
/// <param name="Fields">The lines of the other fields.</param>
/// <param name="Credentials">What it shows the proxy; null for nothing.</param>
internal sealed record HttpHead(string Method, HostPort To, string Path, IReadOnlyList<string> Fields, string? Credentials)
{
    /// <summary>The method for a connection that the proxy only copies.</summary>
    public const string Tunnel = "CONNECT";

    private const string Scheme = "http://";
    private const string Authorization = "Proxy-Authorization:";

    /// <summary>Reads one.</summary>
    /// <param name="lines">Its lines.</param>
    /// <returns>Null when it is none.</returns>
    public static HttpHead? Parse(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0].Split(' ') is not [var method, var target, var version] || !version.StartsWith("HTTP/1."))
        {
            return null;
        }

        string? credentials = lines.FirstOrDefault(line => line.StartsWith(Authorization, StringComparison.OrdinalIgnoreCase));
        string[] fields = [.. lines.Skip(1).Where(line => !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase))];
        (HostPort? To, string Path) split = method == Tunnel ? (HostPort.Parse(target, 0), "") : Split(target);
        return split.To is { } to ? new HttpHead(method, to, split.Path, fields, credentials?[Authorization.Length..].Trim()) : null;
    }

    /// <summary>The bytes for the server itself.</summary>
    public byte[] ToServer() =>
        Encoding.Latin1.GetBytes($"{Method} {Path} HTTP/1.1\r\n{string.Concat(Fields.Select(field => field + "\r\n"))}\r\n");

    // By hand: Uri would change the path.
    private static (HostPort? To, string Path) Split(string target)
    {
        if (!target.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return (null, "");
        }

        int end = target.IndexOfAny(['/', '?', '#'], Scheme.Length);
        string path = end < 0 ? "/" : target[end..];
        return (HostPort.OfAddress(target, 80), path[0] == '/' ? path : "/" + path);
    }
}

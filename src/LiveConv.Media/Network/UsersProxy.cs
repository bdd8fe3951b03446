namespace LiveConv.Media;

/// <summary>The proxy in the user's environment, by FFmpeg's rules.</summary>
internal static class UsersProxy
{
    /// <summary>What FFmpeg's environment has to hold when it uses the proxy: no host that it would connect to itself.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Environment = new Dictionary<string, string?> { ["no_proxy"] = null };

    /// <summary>True if the proxy is there, and for this host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="proxy">The variable http_proxy; null when it is not set.</param>
    /// <param name="exceptions">The variable no_proxy: hosts and domains between commas, or a star for all.</param>
    public static bool Serves(string host, string? proxy, string? exceptions) =>
        proxy?.StartsWith("http://", StringComparison.Ordinal) == true
        && !(exceptions ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Any(entry => IsIn(host, entry));

    private static bool IsIn(string host, string entry)
    {
        string domain = entry.TrimStart('*').TrimStart('.');
        return domain.Length == 0
            || host.Equals(domain, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }
}

using Microsoft.AspNetCore.Http;

namespace LiveConv.Viewer;

/// <summary>The address under which a proxy serves the page to others: nothing that a request says decides it.</summary>
internal sealed class PublicAddress
{
    private readonly PathString prefix;

    /// <summary>Reads the address.</summary>
    /// <param name="address">Http or https, without user, query and fragment.</param>
    public PublicAddress(Uri address)
    {
        string path = address.AbsolutePath.TrimEnd('/');
        prefix = PathString.FromUriComponent(path);
        Host = address.IdnHost.Contains(':', StringComparison.Ordinal) ? address.Host : address.IdnHost;
        IsSecure = address.Scheme == Uri.UriSchemeHttps;
        Origin = $"{address.Scheme}://{Host}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
        Directory = path + "/";
        Page = new Uri(Origin + Directory);
    }

    /// <summary>The address of the page, with a slash at its end.</summary>
    public Uri Page { get; }

    /// <summary>The path of <see cref="Page"/>, with a slash at its end.</summary>
    public string Directory { get; }

    /// <summary>The name in it, as browsers send it.</summary>
    public string Host { get; }

    /// <summary>Scheme, name and port, as browsers send them.</summary>
    public string Origin { get; }

    /// <summary>Whether browsers reach it through https.</summary>
    public bool IsSecure { get; }

    /// <summary>The path behind the prefix, whether or not the proxy has taken that away.</summary>
    /// <param name="path">The path of a request.</param>
    public PathString Strip(PathString path) => prefix.HasValue && path.StartsWithSegments(prefix, out PathString rest) ? rest : path;
}

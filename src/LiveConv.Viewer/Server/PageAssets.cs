using System.Collections.Frozen;
using System.Reflection;

namespace LiveConv.Viewer;

/// <summary>The page's files, as they are embedded in this assembly.</summary>
internal static class PageAssets
{
    private const string Prefix = "page/";
    private static readonly FrozenDictionary<string, byte[]> Files = Load();

    /// <summary>Finds a file by its path in the address.</summary>
    /// <param name="path">The path, from the slash on; <c>/</c> is the page itself.</param>
    /// <returns>The content and its type, or null when there is no such file.</returns>
    public static (byte[] Content, string Type)? Find(string path)
    {
        string name = path switch
        {
            _ when PageFiles.IsPage(path) => "index.html",
            "/favicon.ico" => "icon.svg",
            _ => path.TrimStart('/'),
        };
        return Files.TryGetValue(name, out byte[]? content) ? (content, TypeOf(name)) : null;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };

    private static FrozenDictionary<string, byte[]> Load()
    {
        Assembly here = typeof(PageAssets).Assembly;
        return here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(here, name));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LiveConv.Viewer;

/// <summary>The page's files as this run serves them, and the headers that keep the page to itself.</summary>
/// <param name="proxy">The address under which a proxy serves the page, or null.</param>
internal sealed class PageFiles(PublicAddress? proxy)
{
    private const string EntryName = "/enter.html";
    private const string Start = "<head>";
    private const string Reason = "{reason}";
    private readonly string policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + $"base-uri {(proxy is null ? "'none'" : "'self'")}; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Finds a file by its path in the address.</summary>
    /// <param name="path">The path, from the slash on.</param>
    /// <returns>The content and its type, or null when there is no such file.</returns>
    public (byte[] Content, string Type)? Find(string path) =>
        path != EntryName && PageAssets.Find(path) is var (content, type)
            ? (IsPage(path) ? Encoding.UTF8.GetBytes(WithBase(content)) : content, type)
            : null;

    /// <summary>Whether a path is the page's: the page itself, or as a stage that follows the presenter's.</summary>
    public static bool IsPage(string path) => path is "/" or "/stage";

    /// <summary>The document that leads a browser to the page, or says why it does not get there.</summary>
    /// <param name="reason">The reason; empty when the browser only has to ask for the page itself.</param>
    public byte[] Entry(string reason)
    {
        string document = WithBase(PageAssets.Find(EntryName)!.Value.Content);
        return Encoding.UTF8.GetBytes(document.Replace(Reason, WebUtility.HtmlEncode(reason), StringComparison.Ordinal));
    }

    /// <summary>Requests that the browser runs, loads and reaches nothing but this server, and keeps nothing.</summary>
    public void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    // Behind a proxy that serves the page as /cam, without a slash, its relative addresses would lead elsewhere.
    private string WithBase(byte[] document)
    {
        string text = Encoding.UTF8.GetString(document);
        return proxy is null or { Directory: "/" }
            ? text
            : text.Replace(Start, $"{Start}\n  <base href=\"{WebUtility.HtmlEncode(proxy.Directory)}\">", StringComparison.Ordinal);
    }
}

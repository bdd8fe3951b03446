using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveConv.Viewer;

/// <summary>
/// Who may talk to the page. A page of another site must neither read the camera nor press keys, and a browser lets every site
/// connect to every WebSocket: so the names that the browser gives (Host, Origin) and a secret cookie are all checked.
/// </summary>
/// <param name="isOpenToOthers">The page is served to other machines too; then the token comes with the printed address only.</param>
internal sealed class RequestGuard(bool isOpenToOthers)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// True when the request names this machine. Refusing other names stops DNS rebinding, where a foreign name is made to
    /// point at this machine; a number cannot be made to.
    /// </summary>
    public bool IsHostOurs(HttpRequest request) =>
        LoopbackNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase)
        || (isOpenToOthers
            && (IPAddress.TryParse(request.Host.Host, out _)
                || string.Equals(request.Host.Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The page's address, with the token where opening it requires one.</summary>
    /// <param name="host">The name or number of this machine.</param>
    /// <param name="port">The page's port.</param>
    public Uri AddressOf(string host, int port) => new($"http://{host}:{port}/{(isOpenToOthers ? $"?token={token}" : "")}");

    /// <summary>True when the request may have the page and the token.</summary>
    public bool MayOpen(HttpRequest request) => !isOpenToOthers || HasToken(request) || BringsToken(request);

    /// <summary>True when the token stands in the address.</summary>
    public bool BringsToken(HttpRequest request) => request.Query.TryGetValue("token", out StringValues given) && IsToken(given.ToString());

    /// <summary>
    /// True unless a browser says that another site's page is asking. Programs that are not browsers send no Origin; they still
    /// need the token.
    /// </summary>
    public static bool IsOriginOurs(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        || string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gives this browser the token. Scripts cannot read it and other sites' requests do not carry it.</summary>
    public void GiveToken(HttpResponse response) =>
        response.Cookies.Append(CookieName(response.HttpContext.Request), token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict,
            Path = "/",
        });

    /// <summary>True when the request carries the token.</summary>
    public bool HasToken(HttpRequest request) =>
        request.Cookies.TryGetValue(CookieName(request), out string? given) && IsToken(given);

    /// <summary>Tells the browser to run, load and reach nothing but this server, and to keep nothing.</summary>
    public static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private bool IsToken(string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));

    // Cookies are shared by all ports of a host name; two runs at once must not take each other's away.
    private static string CookieName(HttpRequest request) => $"liveconv-{request.Host.Port ?? 80}";
}

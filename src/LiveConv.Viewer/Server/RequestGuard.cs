using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LiveConv.Page;
using LiveConv.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveConv.Viewer;

/// <summary>
/// Who may talk to the page. A page of another site must neither read the camera nor press keys, and a browser lets every site
/// connect to every WebSocket: so the names that the browser gives (Host, Origin) and a secret cookie are all checked.
/// </summary>
/// <param name="isListening">The page is served to other machines too.</param>
/// <param name="proxy">The address under which a proxy serves the page, or null. What a proxy claims in headers counts for nothing.</param>
/// <param name="names">This machine's names.</param>
/// <param name="time">The clock.</param>
internal sealed partial class RequestGuard(bool isListening, PublicAddress? proxy, MachineNames names, TimeProvider time)
{
    private const string TokenName = "token";

    // A guest's cookie is the token, a full stop, and the session.
    private const char SessionMark = '.';
    private const int MaxShownTokens = 8;
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];
    private readonly ConnectionOwner owner = new();
    private readonly GuestSessions sessions = new(time);

    /// <summary>The secrets of this run.</summary>
    public PageTokens Tokens { get; } = new();

    /// <summary>Others may reach the page; then the tokens come with the printed addresses only.</summary>
    public bool IsOpenToOthers => isListening || proxy is not null;

    /// <summary>
    /// Why the name that a request asks for is refused; null when it is this machine's, or the proxy's. Refusing other names stops DNS
    /// rebinding, where a foreign name is made to point at this machine; a number cannot be made to.
    /// </summary>
    public string? RefuseHost(HttpRequest request)
    {
        string host = request.Host.Host;
        if (IsOwn(host) || IsProxys(host))
        {
            return null;
        }

        string start = $"\"{host}\" is not this page's address, ";
        string way = $"start LiveConv with --public-url {SchemeOf(request)}://{request.Host}/";
        return isListening
            ? $"{start}nor a name of this machine ({names.Short}, {names.Short}.local, its numeric addresses); if it leads here, {way}"
            : $"{start}which is localhost: without --listen it is served to this machine only; if a proxy or a tunnel leads here, {way}";
    }

    /// <summary>
    /// Why the site that a request comes from is refused; null when it is the page itself, or no browser sent the request: other
    /// programs send no Origin, and still need the token.
    /// </summary>
    /// <param name="request">The request, of a name that was not refused.</param>
    /// <param name="origin">The site, as browsers name it; empty when no browser named one.</param>
    public string? RefuseOrigin(HttpRequest request, string? origin)
    {
        bool isOurs = string.IsNullOrEmpty(origin)
            || (IsOwn(request.Host.Host) && IsSame(origin, $"{request.Scheme}://{request.Host}"))
            || (proxy is not null && IsSame(origin, proxy.Origin));
        return isOurs
            ? null
            : $"pages of other sites may not connect, and {origin} is not this page's address; if a proxy there leads here, "
                + $"start LiveConv with --public-url {origin}/";
    }

    /// <summary>What the page that sent this request may do, by the cookie that its browser keeps; null when it may nothing.</summary>
    public PageRole? RoleOf(HttpRequest request) => KeptBy(request)?.Role;

    /// <summary>Whose a request is, by the token in its cookie or its address. It may still be refused.</summary>
    public Visitor VisitorOf(HttpRequest request)
    {
        IPAddress network = Visitor.NetworkOf(request.HttpContext.Connection.RemoteIpAddress);
        if (KeptBy(request) is var (role, session))
        {
            return new Visitor(network, role, session);
        }

        PageRole? shown = TokenIn(request) is { } token ? Tokens.RoleToRedeem(token, () => IsThisUsers(request)) : null;
        return new Visitor(network, shown, Session: null);
    }

    /// <summary>Whose a connection is, by what came on it first; a hint to whom to serve before others, and no permission.</summary>
    /// <param name="start">The start of its first request.</param>
    /// <param name="network">Where it comes from.</param>
    public Visitor VisitorIn(ReadOnlySpan<byte> start, IPAddress network)
    {
        string text = Encoding.Latin1.GetString(start);
        foreach (Match found in ShownTokens().Matches(text).Take(MaxShownTokens))
        {
            if (RoleIn(found.Groups[1].Value) is var (role, session))
            {
                return new Visitor(network, role, session);
            }
        }

        return new Visitor(network, Role: null, Session: null);
    }

    /// <summary>What a page that a request opens with a token may do; null when the token is none of this run's, or not for it.</summary>
    public PageRole? Redeem(HttpRequest request, string token) => Tokens.Redeem(token, () => IsThisUsers(request));

    /// <summary>The token in a request's address; null when there is none.</summary>
    public static string? TokenIn(HttpRequest request) =>
        request.Query.TryGetValue(TokenName, out StringValues token) ? token.ToString() : null;

    /// <summary>An address of the page with a token, where opening it requires one.</summary>
    /// <param name="page">The page's address.</param>
    /// <param name="token">The token.</param>
    public Uri WithToken(Uri page, string token) => IsOpenToOthers ? new Uri(page, $"?{TokenName}={token}") : page;

    /// <summary>
    /// Gives this browser a role's token. Scripts cannot read it and other sites' requests do not carry it. The cookie is for the
    /// folder that the browser asked for, which a proxy may have taken from the address.
    /// </summary>
    public void GiveToken(HttpContext context, PageRole role) =>
        context.Response.Cookies.Append(CookieName(context.Request), Tokens.Of(role) + SessionFor(context.Request, role), new CookieOptions
        {
            HttpOnly = true,
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict,
            Secure = proxy is { IsSecure: true } && IsProxys(context.Request.Host.Host) && !IsOwn(context.Request.Host.Host),
            Path = null,
        });

    private string SessionFor(HttpRequest request, PageRole role)
    {
        if (role != PageRole.Guest)
        {
            return "";
        }

        string? session = KeptBy(request)?.Session ?? sessions.New(Visitor.NetworkOf(request.HttpContext.Connection.RemoteIpAddress));
        return session is null ? "" : SessionMark + session;
    }

    private (PageRole Role, string? Session)? KeptBy(HttpRequest request) =>
        request.Cookies.TryGetValue(CookieName(request), out string? kept) ? RoleIn(kept) : null;

    private (PageRole Role, string? Session)? RoleIn(string kept)
    {
        string[] parts = kept.Split(SessionMark, 2);
        return Tokens.RoleOf(parts[0]) is not { } role ? null
            : (role, role == PageRole.Guest && parts.Length == 2 && sessions.IsOurs(parts[1]) ? parts[1] : null);
    }

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    // Cookies are shared by all ports of a host name; two runs at once must not take each other's away.
    private static string CookieName(HttpRequest request) => $"liveconv-{request.Host.Port ?? 80}";

    // For the advice in a refusal only.
    private static string SchemeOf(HttpRequest request) =>
        request.Headers["X-Forwarded-Proto"] == Uri.UriSchemeHttps ? Uri.UriSchemeHttps : request.Scheme;

    [GeneratedRegex(@"(?:liveconv-[0-9]+|token)=([0-9a-f.]+)")]
    private static partial Regex ShownTokens();

    private bool IsThisUsers(HttpRequest request)
    {
        ConnectionInfo connection = request.HttpContext.Connection;
        return connection is { LocalIpAddress: { } here, RemoteIpAddress: { } there }
            && owner.IsThisUsers(new(here.GetAddressBytes(), connection.LocalPort), new(there.GetAddressBytes(), connection.RemotePort));
    }

    private bool IsOwn(string host) =>
        LoopbackNames.Contains(host, StringComparer.OrdinalIgnoreCase)
        || (isListening && (IPAddress.TryParse(host, out _) || names.Contains(host)));

    private bool IsProxys(string host) => proxy is not null && IsSame(host, proxy.Host);
}

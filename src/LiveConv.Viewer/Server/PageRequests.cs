using System.Globalization;
using System.Net.WebSockets;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.AspNetCore.Http;

namespace LiveConv.Viewer;

/// <summary>Answers every request: the page's files, finished recordings, and the one WebSocket.</summary>
/// <param name="guard">Who may ask.</param>
/// <param name="proxy">The address under which a proxy serves the page, or null.</param>
/// <param name="clients">Where an accepted WebSocket goes.</param>
/// <param name="recordings">What may be downloaded; null for nothing.</param>
/// <param name="connections">The connections that requests come on.</param>
/// <param name="time">The clock.</param>
internal sealed class PageRequests(
    RequestGuard guard, PublicAddress? proxy, PageClients clients, RecordedFiles? recordings, ConnectionGate connections,
    TimeProvider time)
{
    private const string SocketPath = "/live";
    private const string RecordingPath = "/recordings";
    private static readonly string Full = $"{PagePlaces.Max} pages are connected, which is the most; close one of them";
    private const string NoToken = "open the address that LiveConv printed: it holds the token";
    private const string OldToken = "this link is of an earlier run, or was for one use: open the address that LiveConv printed last";
    private const string TooMany = "too many requests come from this address: wait a few seconds, then load this again";
    private readonly RequestRate rate = new(time);
    private readonly PageFiles files = new(proxy);
    private readonly PagePlaces places = new(guard.IsOpenToOthers);
    private readonly LeftRates left = new(time);

    /// <summary>The connections that requests come on.</summary>
    public ConnectionGate Connections => connections;

    /// <summary>Who may ask.</summary>
    public RequestGuard Guard => guard;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        string connection = context.Connection.Id;
        try
        {
            // A connection that waits is idle to the gate: it makes room for new ones.
            TimeSpan? wait = rate.TimeToWait(guard.VisitorOf(context.Request));
            if (wait is { } time && time > TimeSpan.Zero)
            {
                await Task.Delay(time, context.RequestAborted).ConfigureAwait(false);
            }

            connections.Begin(connection);
            await (wait is null ? RefuseToHurryAsync(context) : AnswerOneAsync(context)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        finally
        {
            connections.End(connection);
        }
    }

    private async Task AnswerOneAsync(HttpContext context)
    {
        files.Harden(context.Response.Headers);
        context.Request.Path = PathOf(context.Request);
        if (guard.RefuseHost(context.Request) is { } refusal)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
        }
        else
        {
            bool isSocket = context.Request.Path == SocketPath;
            if (guard.RoleOf(context.Request) is not null)
            {
                connections.Recognize(context.Connection.Id, isPage: isSocket && context.WebSockets.IsWebSocketRequest);
            }

            await (isSocket ? ConnectAsync(context) : SendFileAsync(context)).ConfigureAwait(false);
        }
    }

    // A proxy may leave its prefix in the address, take it away, or leave two slashes of it.
    private PathString PathOf(HttpRequest request)
    {
        PathString path = proxy?.Strip(request.Path) ?? request.Path;
        return new PathString("/" + path.Value?.TrimStart('/'));
    }

    private static Task RefuseToHurryAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        context.Response.Headers.Connection = "close";
        return RefuseAsync(context, StatusCodes.Status429TooManyRequests, TooMany);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(reason + "\n").ConfigureAwait(false);
    }

    // Everything is checked before the connection is upgraded: afterwards the browser enforces nothing.
    private async Task ConnectAsync(HttpContext context)
    {
        // A page cannot see why its WebSocket is refused: it asks here without one, and names the site that its browser names then.
        bool isSocket = context.WebSockets.IsWebSocketRequest;
        string? origin = isSocket ? context.Request.Headers.Origin : context.Request.Query["origin"];
        if (guard.RefuseOrigin(context.Request, origin) is { } refusal)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
        }
        else if (!isSocket)
        {
            bool isFull = places.IsFullFor(guard.VisitorOf(context.Request));
            int status = isFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status426UpgradeRequired;
            await RefuseAsync(context, status, isFull ? Full : "this address speaks WebSocket").ConfigureAwait(false);
        }
        else if (guard.RoleOf(context.Request) is { } role)
        {
            await ServeAsync(context, guard.VisitorOf(context.Request), role).ConfigureAwait(false);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "the token is missing; open the page first").ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext context, Visitor visitor, PageRole role)
    {
        using PagePlaces.Place? place = places.TryTake(visitor);
        if (place is null)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, Full).ConfigureAwait(false);
            return;
        }

        PageRates rates = left.Take(visitor);
        try
        {
            context.Features.Set(rates);
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            await clients.ServeAsync(socket, role, rates, place.Lost).ConfigureAwait(false);
        }
        finally
        {
            left.Leave(visitor, rates);
        }
    }

    private async Task SendFileAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "only GET and HEAD").ConfigureAwait(false);
        }
        else if (PageFiles.IsPage(request.Path.Value!))
        {
            await SendPageAsync(context).ConfigureAwait(false);
        }
        else if (request.Path.StartsWithSegments(RecordingPath, out PathString number))
        {
            await SendRecordingAsync(context, number.Value!.TrimStart('/')).ConfigureAwait(false);
        }
        else
        {
            await SendAssetAsync(context).ConfigureAwait(false);
        }
    }

    private async Task SendPageAsync(HttpContext context)
    {
        if (!guard.IsOpenToOthers)
        {
            guard.GiveToken(context, PageRole.Presenter);
            await SendAssetAsync(context).ConfigureAwait(false);
        }
        else if (RequestGuard.TokenIn(context.Request) is { } token)
        {
            PageRole? role = guard.Redeem(context.Request, token);
            if (role is { } granted)
            {
                guard.GiveToken(context, granted);
            }

            await SendEntryAsync(context, role is null ? OldToken : "").ConfigureAwait(false);
        }
        else if (guard.RoleOf(context.Request) is not null)
        {
            await SendAssetAsync(context).ConfigureAwait(false);
        }
        else
        {
            await SendEntryAsync(context, NoToken).ConfigureAwait(false);
        }
    }

    // For people in a browser a document that goes on to the page, when it can; for programs a line.
    private async Task SendEntryAsync(HttpContext context, string refusal)
    {
        if (refusal.Length > 0 && !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = refusal.Length > 0 ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK;
        await SendAsync(context, files.Entry(refusal), "text/html; charset=utf-8").ConfigureAwait(false);
    }

    private async Task SendAssetAsync(HttpContext context)
    {
        if (files.Find(context.Request.Path) is not var (content, type))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such page").ConfigureAwait(false);
            return;
        }

        await SendAsync(context, content, type).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext context, byte[] content, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content).ConfigureAwait(false);
        }
    }

    private async Task SendRecordingAsync(HttpContext context, string number)
    {
        PageRole? role = guard.RoleOf(context.Request);
        if (role != PageRole.Presenter)
        {
            string refusal = role is null ? "the token is missing; open the page first" : "recordings are the presenter's";
            await RefuseAsync(context, StatusCodes.Status403Forbidden, refusal).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<RecordedFile> all = recordings?.All ?? [];
        bool isOne = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < all.Count;
        using FileStream? file = isOne && all[index].Ended is not null ? TryOpen(all[index].Path) : null;
        if (file is null)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such recording, or it is not finished").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Length;
        string name = TextLine.Of(Path.GetFileName(all[index].Path));
        context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    // Its owner may have moved it away by now, and others may have put something else there.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return PlainFile.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

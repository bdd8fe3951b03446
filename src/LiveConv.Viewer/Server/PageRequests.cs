using System.Globalization;
using System.Net.WebSockets;
using LiveConv.Pipeline;
using Microsoft.AspNetCore.Http;

namespace LiveConv.Viewer;

/// <summary>Answers every request: the page's files, finished recordings, and the one WebSocket.</summary>
/// <param name="guard">Who may ask.</param>
/// <param name="clients">Where an accepted WebSocket goes.</param>
/// <param name="recordings">What may be downloaded; null for nothing.</param>
internal sealed class PageRequests(RequestGuard guard, PageClients clients, RecordedFiles? recordings)
{
    private const int MaxPages = 16;
    private const string SocketPath = "/live";
    private const string RecordingPath = "/recordings";
    private static readonly string Full = $"{MaxPages} pages are connected, which is the most; close one of them";
    private int pages;

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        RequestGuard.Harden(context.Response.Headers);
        if (!guard.IsHostOurs(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "this page is served to this machine only").ConfigureAwait(false);
        }
        else if (context.Request.Path == SocketPath)
        {
            await ConnectAsync(context).ConfigureAwait(false);
        }
        else
        {
            await SendFileAsync(context).ConfigureAwait(false);
        }
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
        if (!context.WebSockets.IsWebSocketRequest)
        {
            // A page cannot see why its WebSocket is refused: it asks here without one.
            bool isFull = Volatile.Read(ref pages) >= MaxPages;
            int status = isFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status426UpgradeRequired;
            await RefuseAsync(context, status, isFull ? Full : "this address speaks WebSocket").ConfigureAwait(false);
        }
        else if (!RequestGuard.IsOriginOurs(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "pages of other sites may not connect").ConfigureAwait(false);
        }
        else if (!guard.HasToken(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "the token is missing; open the page first").ConfigureAwait(false);
        }
        else
        {
            await ServeAsync(context).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref pages) > MaxPages)
            {
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, Full).ConfigureAwait(false);
                return;
            }

            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            await clients.ServeAsync(socket).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref pages);
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
        else if (request.Path == "/")
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
        if (!guard.MayOpen(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "open the address that LiveConv printed: it holds the token")
                .ConfigureAwait(false);
            return;
        }

        guard.GiveToken(context.Response);
        if (guard.BringsToken(context.Request))
        {
            // The cookie has it now; it shall stand in no address bar and no history.
            context.Response.Redirect("/");
            return;
        }

        await SendAssetAsync(context).ConfigureAwait(false);
    }

    private static async Task SendAssetAsync(HttpContext context)
    {
        if (PageAssets.Find(context.Request.Path) is not var (content, type))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such page").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content).ConfigureAwait(false);
        }
    }

    private async Task SendRecordingAsync(HttpContext context, string number)
    {
        if (!guard.HasToken(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "the token is missing; open the page first").ConfigureAwait(false);
            return;
        }

        IReadOnlyList<RecordedFile> all = recordings?.All ?? [];
        bool isOne = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < all.Count;
        if (!isOne || all[index].Ended is null || !File.Exists(all[index].Path))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such recording, or it is not finished").ConfigureAwait(false);
            return;
        }

        var file = new FileInfo(all[index].Path);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.SendFileAsync(file.FullName, context.RequestAborted).ConfigureAwait(false);
        }
    }
}

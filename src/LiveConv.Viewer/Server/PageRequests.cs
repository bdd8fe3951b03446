using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace LiveConv.Viewer;

/// <summary>Answers every request: the page's files, and the one WebSocket.</summary>
/// <param name="guard">Who may ask.</param>
/// <param name="clients">Where an accepted WebSocket goes.</param>
internal sealed class PageRequests(RequestGuard guard, ClientHub clients)
{
    private const string SocketPath = "/live";

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        RequestGuard.Harden(context.Response.Headers);
        if (!RequestGuard.IsHostOurs(context.Request))
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
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "this address speaks WebSocket").ConfigureAwait(false);
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
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            await clients.ServeAsync(socket).ConfigureAwait(false);
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
        else if (PageAssets.Find(request.Path) is var (content, type))
        {
            if (request.Path == "/")
            {
                guard.GiveToken(context.Response);
            }

            context.Response.ContentType = type;
            context.Response.ContentLength = content.Length;
            if (HttpMethods.IsGet(request.Method))
            {
                await context.Response.Body.WriteAsync(content).ConfigureAwait(false);
            }
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such page").ConfigureAwait(false);
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;

namespace LiveConv.Web.Tests;

/// <summary>A web server that knows nothing but files: the published folder under a path, as people serve it.</summary>
internal sealed class WebSite : IAsyncDisposable
{
    private readonly FileExtensionContentTypeProvider types = new();
    private readonly string folder;
    private readonly string path;
    private WebApplication? server;

    private WebSite(string folder, string path)
    {
        this.folder = folder;
        this.path = path;
        types.Mappings[".webmanifest"] = "application/manifest+json";
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>The paths that were requested and are no files.</summary>
    public ConcurrentQueue<string> Missing { get; } = [];

    public static async Task<WebSite> StartAsync(string folder, string path)
    {
        var site = new WebSite(folder, path);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        site.server = builder.Build();
        site.server.Run(site.AnswerAsync);
        await site.server.StartAsync();
        site.Address = new Uri(new UriBuilder(site.server.Urls.First()) { Host = "localhost" }.Uri, path);
        return site;
    }

    /// <summary>Nobody answers any more.</summary>
    public async Task StopAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private Task AnswerAsync(HttpContext context)
    {
        string asked = context.Request.Path.Value!;
        string name = asked == path ? "index.html" : asked[Math.Min(asked.Length, path.Length)..];
        string file = Path.Combine(folder, name);
        if (!asked.StartsWith(path, StringComparison.Ordinal) || !File.Exists(file))
        {
            Missing.Enqueue(asked);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = types.TryGetContentType(name, out string? type) ? type : "application/octet-stream";
        return context.Response.SendFileAsync(file);
    }
}

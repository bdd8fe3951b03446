using System.Net;

namespace LiveConv.Media.Tests;

/// <summary>A web server for the files of a folder, with their lengths.</summary>
internal sealed class FolderServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly string folder;

    public FolderServer(string folder, int port)
    {
        this.folder = folder;
        Address = $"http://127.0.0.1:{port}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            string path = Path.Combine(folder, Path.GetFileName(context.Request.Url!.LocalPath));
            byte[]? content = File.Exists(path) ? await File.ReadAllBytesAsync(path) : null;
            context.Response.StatusCode = content is null ? 404 : 200;
            context.Response.ContentLength64 = content?.Length ?? 0;
            await context.Response.OutputStream.WriteAsync(content ?? []);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client has gone, or the test has ended.
        }
    }
}

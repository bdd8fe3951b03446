using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveConv.Attack.Tests;

/// <summary>A page that is no browser: it connects as one does, and then sends and takes what the attack wants.</summary>
internal sealed partial class HostilePage : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket socket;
    private readonly byte[] buffer = new byte[1 << 23];
    private readonly SemaphoreSlim sending = new(1);
    private Task<(bool IsImage, string Text)>? pending;

    private HostilePage(ClientWebSocket socket) => this.socket = socket;

    /// <summary>The address in the line that the program prints.</summary>
    public static async Task<Uri> AddressOfAsync(LiveConvProcess run) =>
        new(Link().Match(await run.ErrorLineAsync("the maps are at ")).Value);

    public static async Task<HostilePage> ConnectAsync(Uri address)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler);
        (await http.GetAsync(address)).EnsureSuccessStatusCode();
        var socket = new ClientWebSocket();
        socket.Options.Cookies = handler.CookieContainer;
        using var timeout = new CancellationTokenSource(Timeout);
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "live", Query = "" }.Uri, timeout.Token);
        return new HostilePage(socket);
    }

    public async Task SendAsync(string text)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>The next message; an image is acknowledged.</summary>
    /// <param name="stop">Ends the waiting; the message then is the next call's: to end the receiving would end the connection.</param>
    /// <returns>True for an image.</returns>
    public async Task<(bool IsImage, string Text)> NextAsync(CancellationToken stop)
    {
        pending ??= ReceiveAsync();
        (bool IsImage, string Text) message = await pending.WaitAsync(stop);
        pending = null;
        return message;
    }

    private async Task<(bool IsImage, string Text)> ReceiveAsync()
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
            if (!part.EndOfMessage)
            {
                continue;
            }

            if (part.MessageType != WebSocketMessageType.Binary)
            {
                return (false, Encoding.UTF8.GetString(buffer, 0, length));
            }

            await SendAsync($$"""{"drawn":{{BitConverter.ToUInt32(buffer, 4)}}}""");
            return (true, "");
        }
    }

    /// <summary>Takes messages until a text of them holds this.</summary>
    public async Task UntilAsync(string containing)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!(await NextAsync(timeout.Token)).Text.Contains(containing, StringComparison.Ordinal))
        {
        }
    }

    /// <summary>How many images come, and are acknowledged, in this time.</summary>
    public async Task<int> CountImagesAsync(TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        int images = 0;
        try
        {
            while (true)
            {
                images += (await NextAsync(end.Token)).IsImage ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            return images;
        }
    }

    /// <summary>The texts that come in this time.</summary>
    public async Task<string> TextsAsync(TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        var texts = new StringBuilder();
        try
        {
            while (true)
            {
                texts.AppendLine((await NextAsync(end.Token)).Text);
            }
        }
        catch (OperationCanceledException)
        {
            return texts.ToString();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }

    [GeneratedRegex("http://\\S+")]
    private static partial Regex Link();
}

using System.Buffers.Binary;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LiveConv.Viewer.Tests;

/// <summary>A client that is no browser: it gets the token as one does, then speaks the protocol as the test wants.</summary>
internal sealed class TestClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly ClientWebSocket socket;
    private readonly byte[] buffer = new byte[1 << 22];

    private TestClient(ClientWebSocket socket) => this.socket = socket;

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? CloseReason => socket.CloseStatusDescription;

    public static async Task<CookieContainer> TakeTokenAsync(Uri address)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler);
        (await http.GetAsync(address)).EnsureSuccessStatusCode();
        return handler.CookieContainer;
    }

    public static async Task<TestClient> ConnectAsync(TestPage page, string? origin = null, CookieContainer? cookies = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies ?? await TakeTokenAsync(page.Address);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            using var timeout = new CancellationTokenSource(Timeout);
            await socket.ConnectAsync(page.SocketAddress, timeout.Token);
            return new TestClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await socket.SendAsync(bytes, type, endOfMessage: true, timeout.Token);
    }

    /// <summary>The next image; texts before it are skipped.</summary>
    public async Task<ReceivedImage> ImageAsync()
    {
        while (true)
        {
            (WebSocketMessageType type, int length) = await ReceiveAsync();
            if (type == WebSocketMessageType.Binary)
            {
                return ReceivedImage.Read(buffer.AsSpan(0, length));
            }

            Assert.NotEqual(WebSocketMessageType.Close, type);
        }
    }

    /// <summary>The next text message of a kind; everything before it is skipped.</summary>
    public async Task<JsonElement> TextAsync(string kind)
    {
        while (true)
        {
            (WebSocketMessageType type, int length) = await ReceiveAsync();
            Assert.NotEqual(WebSocketMessageType.Close, type);
            if (type == WebSocketMessageType.Text)
            {
                using JsonDocument document = JsonDocument.Parse(buffer.AsMemory(0, length));
                if (document.RootElement.GetProperty("type").GetString() == kind)
                {
                    return document.RootElement.Clone();
                }
            }
        }
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task UntilClosedAsync()
    {
        while ((await ReceiveAsync()).Type != WebSocketMessageType.Close)
        {
        }
    }

    public Task AcknowledgeAsync(ReceivedImage image) => SendAsync($$"""{"drawn":{{image.Number}}}""");

    public void Dispose() => socket.Dispose();

    private async Task<(WebSocketMessageType Type, int Length)> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), timeout.Token);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return (part.MessageType, length);
            }
        }
    }
}

/// <summary>An image message, read by docs/protocol.md and not by the code that wrote it.</summary>
internal sealed record ReceivedImage(
    uint Number, long Sequence, bool IsJpeg, bool IsRepeat, float AgeMs, int Width, int Height, byte[] Vertical, byte[] Horizontal)
{
    public static ReceivedImage Read(ReadOnlySpan<byte> message)
    {
        Assert.Equal(1, message[0]);
        int start = message[3];
        int width = BinaryPrimitives.ReadUInt16LittleEndian(message[24..]);
        int height = BinaryPrimitives.ReadUInt16LittleEndian(message[26..]);
        int first = BinaryPrimitives.ReadInt32LittleEndian(message[28..]);
        int second = BinaryPrimitives.ReadInt32LittleEndian(message[36..]);
        Assert.Equal(start + first + second, message.Length);
        return new ReceivedImage(
            BinaryPrimitives.ReadUInt32LittleEndian(message[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(message[8..]),
            message[1] == 1,
            (message[2] & 1) != 0,
            BinaryPrimitives.ReadSingleLittleEndian(message[16..]),
            width,
            height,
            message.Slice(start, first).ToArray(),
            message.Slice(start + first, second).ToArray());
    }
}

using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace LiveConv.Viewer;

/// <summary>
/// One page: a loop that sends and a loop that receives. Whatever it is to be told waits as "the newest of each kind", never as a
/// queue, so a page that stops reading costs one message and nothing more.
/// </summary>
internal sealed class PageClient
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);
    private readonly WebSocket socket;
    private readonly ClientHub hub;
    private readonly InFlight inFlight = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ArrayBufferWriter<byte> text = new();
    private uint lastPicture;
    private int lastState;
    private int lastStats;
    private int lastNotice;
    private double? ageNow;

    /// <summary>Makes a client; nothing runs yet.</summary>
    /// <param name="socket">The accepted connection; the caller disposes it.</param>
    /// <param name="hub">What all clients share.</param>
    public PageClient(WebSocket socket, ClientHub hub)
    {
        this.socket = socket;
        this.hub = hub;
    }

    /// <summary>There is something new to send, or room for it. Never blocks.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Runs until the page leaves, breaks the protocol, or is said goodbye to.</summary>
    public async Task RunAsync()
    {
        Task sending = SendLoopAsync();
        try
        {
            await ReceiveLoopAsync().ConfigureAwait(false);
        }
        finally
        {
            wake.Writer.TryComplete();
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection with a reason; a page that does not listen is cut off after a second.</summary>
    /// <param name="status">The WebSocket close code.</param>
    /// <param name="reason">At most 123 bytes.</param>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var timeout = new CancellationTokenSource(GoodbyeTimeout);
        try
        {
            await socket.CloseOutputAsync(status, reason, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            socket.Abort();
        }
    }

    private static bool IsEnd(Exception e) =>
        e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    private async Task ReceiveLoopAsync()
    {
        var buffer = new byte[Inbound.MostBytes];
        try
        {
            int filled = 0;
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None).ConfigureAwait(false);
                filled += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync(WebSocketCloseStatus.NormalClosure, "goodbye").ConfigureAwait(false);
                    return;
                }

                if (Refusal(part, filled) is var (status, reason))
                {
                    await CloseAsync(status, reason).ConfigureAwait(false);
                    return;
                }

                if (part.EndOfMessage)
                {
                    Obey(Inbound.Read(buffer.AsSpan(0, filled)));
                    filled = 0;
                }
            }
        }
        catch (FormatException e)
        {
            await CloseAsync(WebSocketCloseStatus.InvalidPayloadData, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            socket.Abort();
        }
    }

    private static (WebSocketCloseStatus Status, string Reason)? Refusal(ValueWebSocketReceiveResult part, int filled)
    {
        if (part.MessageType == WebSocketMessageType.Binary)
        {
            return (WebSocketCloseStatus.InvalidMessageType, "messages are text");
        }

        return !part.EndOfMessage && filled == Inbound.MostBytes
            ? (WebSocketCloseStatus.MessageTooBig, $"a message has at most {Inbound.MostBytes} bytes")
            : null;
    }

    private void Obey(Inbound message)
    {
        if (message.Key is { } key)
        {
            hub.Press(key);
        }
        else if (message.PresetId is { } id)
        {
            hub.ChoosePreset(id);
        }
        else if (message.Picture is { } number)
        {
            if (!inFlight.TryAcknowledge(number, out long? captureTimestamp))
            {
                throw new FormatException($"picture {number} is not in flight");
            }

            ageNow = hub.Drawn(number, captureTimestamp);
            Wake();
        }
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (await wake.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                wake.Reader.TryRead(out _);
                await SendNewsAsync().ConfigureAwait(false);
                await SendPictureAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            socket.Abort();
        }
    }

    private async ValueTask SendNewsAsync()
    {
        if (lastState != hub.StateNumber)
        {
            lastState = hub.StateNumber;
            await SendAsync(hub.State(), TextJson.Default.StateMessage).ConfigureAwait(false);
        }

        while (hub.NoticeAfter(ref lastNotice) is { } notice)
        {
            await SendAsync(notice, TextJson.Default.NoticeMessage).ConfigureAwait(false);
        }

        if (lastStats != hub.StatsNumber)
        {
            lastStats = hub.StatsNumber;
            await SendAsync(hub.Stats(ageNow), TextJson.Default.StatsMessage).ConfigureAwait(false);
        }
    }

    private async ValueTask SendPictureAsync()
    {
        if (!inFlight.HasRoom || hub.Pictures.TakeAfter(lastPicture) is not { } picture)
        {
            return;
        }

        using (picture)
        {
            lastPicture = picture.Number;
            inFlight.Add(picture.Number, picture.CaptureTimestamp);
            await socket.SendAsync(picture.Bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync<T>(T message, JsonTypeInfo<T> type)
    {
        text.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(writer, message, type);
        }

        await socket.SendAsync(text.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
    }
}

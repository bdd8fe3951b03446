using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using LiveConv.Page;
using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>
/// One page: a loop that sends and a loop that receives. Whatever it is to be told waits as "the newest of each kind", never as a
/// queue, so a page that stops reading costs one message and nothing more.
/// </summary>
internal sealed class PageClient : ICameraPage
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);
    private readonly WebSocket socket;
    private readonly ClientHub hub;
    private readonly MessageReader reader;
    private readonly InFlight inFlight = new();
    private readonly FormatChoice choice;
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ArrayBufferWriter<byte> text = new();
    private uint lastImage;
    private bool wantsImageAgain;
    private int lastState;
    private int lastStats;
    private int lastNotice;
    private double? ageNow;
    private EditedMessage? edited;
    private ExplainedMessage? explained;
    private CameraMessage? granted;
    private LessonMessage? learned;
    private Action? endLesson;
    private volatile Planes planes = Planes.Edges;

    /// <summary>Makes a client; nothing runs yet.</summary>
    /// <param name="socket">The accepted connection; the caller disposes it.</param>
    /// <param name="hub">What all clients share.</param>
    public PageClient(WebSocket socket, ClientHub hub)
    {
        this.socket = socket;
        this.hub = hub;
        reader = new MessageReader(socket);
        choice = hub.ChooseFormat();
    }

    /// <summary>There is something new to send, or room for it. Never blocks.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <inheritdoc/>
    public void OnCameraRevoked(string why)
    {
        granted = new CameraMessage(why);
        Wake();
    }

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
            hub.Camera?.Stop(this, "the page with the camera is gone");
            Learn(null);
            wake.Writer.TryComplete();
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection with a reason; a page that does not listen is cut off after a second.</summary>
    /// <param name="status">The WebSocket close code.</param>
    /// <param name="reason">At most 123 bytes.</param>
    public Task CloseAsync(WebSocketCloseStatus status, string reason) => CloseAsync(stop => socket.CloseOutputAsync(status, reason, stop));

    // From the loop that receives: what the page still sends is read and thrown away until it has closed too. Were it left unread,
    // the connection would be reset, and the page might never see the reason.
    private Task EndAsync(WebSocketCloseStatus status, string reason) => CloseAsync(stop => socket.CloseAsync(status, reason, stop));

    private async Task CloseAsync(Func<CancellationToken, Task> close)
    {
        using var timeout = new CancellationTokenSource(GoodbyeTimeout);
        try
        {
            await close(timeout.Token).ConfigureAwait(false);
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
        try
        {
            while (await reader.ReadAsync().ConfigureAwait(false) is var (isImage, bytes))
            {
                if (isImage)
                {
                    hub.Camera?.Put(this, bytes.Span);
                }
                else
                {
                    Dispatch(Inbound.Read(bytes.Span));
                }
            }

            await EndAsync(WebSocketCloseStatus.NormalClosure, "goodbye").ConfigureAwait(false);
        }
        catch (ProtocolException e)
        {
            await EndAsync(e.Status, e.Message).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            await EndAsync(WebSocketCloseStatus.InvalidPayloadData, e.Message).ConfigureAwait(false);
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode == WebSocketError.Faulted)
        {
            // Broken frames, or text that is not UTF-8: the page has been sent the code for that, which an abort would take back.
        }
        catch (Exception e) when (IsEnd(e))
        {
            socket.Abort();
        }
    }

    private void Dispatch(Inbound message)
    {
        switch (message.Kind)
        {
            case InboundKind.Drawn:
                Acknowledge(message.Number, wasHeldBack: false);
                break;
            case InboundKind.Late:
                Acknowledge(message.Number, wasHeldBack: true);
                break;
            case InboundKind.Key:
                hub.Press(message.Character);
                break;
            case InboundKind.Preset:
                hub.ChoosePreset(message.Text);
                break;
            case InboundKind.Show:
                planes = message.Planes;
                Volatile.Write(ref wantsImageAgain, true);
                break;
            case InboundKind.Edit:
                edited = hub.Edit(message.Body, this);
                break;
            case InboundKind.Xray:
                explained = hub.Explain(PixelQuestion.Read(message.Body));
                break;
            case InboundKind.Learn:
                Learn(LessonRequest.Read(message.Body));
                break;
            case InboundKind.Camera:
                granted = new CameraMessage(Offer(CameraOffer.Read(message.Body)));
                break;
        }

        Wake();
    }

    // One lesson at a time: a new one ends the one before, and so does the page's end.
    private void Learn(LessonRequest? request)
    {
        endLesson?.Invoke();
        endLesson = null;
        if (request is not null)
        {
            var stop = new CancellationTokenSource();
            endLesson = stop.Cancel;
            Task.Run(() => hub.LearnAsync(request, news => Tell(news, stop.Token), stop.Token), stop.Token);
        }

        void Tell(LessonMessage news, CancellationToken stop)
        {
            if (!stop.IsCancellationRequested)
            {
                learned = news;
                Wake();
            }
        }
    }

    // Images that are on their way while the camera is taken back are still read, and lead nowhere.
    private string? Offer(CameraOffer? offer)
    {
        if (offer is null)
        {
            hub.Camera?.Stop(this, "the browser's camera was switched off");
            return "switched off";
        }

        string? refused = hub.Camera is { } camera
            ? camera.TryStart(this, offer.Width, offer.Height)
            : "this run takes no browser's camera";
        reader.ImageBytes = refused is null ? offer.Width * offer.Height : reader.ImageBytes;
        return refused;
    }

    private void Acknowledge(uint number, bool wasHeldBack)
    {
        if (!inFlight.TryAcknowledge(number, out SentImage drawn))
        {
            throw new FormatException($"image {number} is not in flight");
        }

        // Time in which nobody saw the page says nothing about how quickly images come to it.
        ageNow = hub.Drawn(number, wasHeldBack ? null : drawn.CaptureTimestamp);
        if (!wasHeldBack)
        {
            choice.Carried(drawn.Pixels, drawn.IsJpeg, hub.Time.GetElapsedTime(drawn.Begun));
        }
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (await wake.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                wake.Reader.TryRead(out _);
                await SendPendingAsync().ConfigureAwait(false);
                await SendImageAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // When a goodbye was said meanwhile, nothing more can be sent; to abort now would take the goodbye back.
            if (socket.State == WebSocketState.Open)
            {
                socket.Abort();
            }
        }
        catch (Exception e) when (e is LiveConvException or OverflowException)
        {
            // An image that cannot be written: too large for the protocol, or for the encoder.
            await CloseAsync(WebSocketCloseStatus.InternalServerError, "this image cannot be sent to a page").ConfigureAwait(false);
        }
    }

    private async ValueTask SendPendingAsync()
    {
        if (lastState != hub.StateNumber)
        {
            lastState = hub.StateNumber;
            await SendAsync(hub.State(this), TextJson.Default.StateMessage).ConfigureAwait(false);
        }

        while (hub.NoticeAfter(ref lastNotice) is { } notice)
        {
            await SendAsync(notice, TextJson.Default.NoticeMessage).ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref edited, null) is { } answer)
        {
            await SendAsync(answer, TextJson.Default.EditedMessage).ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref explained, null) is { } explanation)
        {
            await SendAsync(explanation, TextJson.Default.ExplainedMessage).ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref granted, null) is { } grant)
        {
            await SendAsync(grant, TextJson.Default.CameraMessage).ConfigureAwait(false);
        }

        if (Interlocked.Exchange(ref learned, null) is { } lessonNews)
        {
            await SendAsync(lessonNews, TextJson.Default.LessonMessage).ConfigureAwait(false);
        }

        if (lastStats != hub.StatsNumber)
        {
            lastStats = hub.StatsNumber;
            await SendAsync(hub.Stats(ageNow), TextJson.Default.StatsMessage).ConfigureAwait(false);
        }
    }

    private async ValueTask SendImageAsync()
    {
        if (!inFlight.HasRoom)
        {
            return;
        }

        uint last = Interlocked.Exchange(ref wantsImageAgain, false) ? 0 : lastImage;
        long begun = hub.Time.GetTimestamp();
        if (hub.Images.TakeAfter(last, planes, choice) is not { } image)
        {
            return;
        }

        using (image)
        {
            lastImage = image.Number;
            inFlight.Add(new SentImage(image.Number, image.CaptureTimestamp, begun, image.Pixels, image.IsJpeg));
            await socket.SendAsync(image.Bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync<T>(T message, JsonTypeInfo<T> type)
    {
        text.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(writer, message, type);
        }

        await socket.SendAsync(text.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None)
            .ConfigureAwait(false);
    }
}

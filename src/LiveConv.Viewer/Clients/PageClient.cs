using System.Net.WebSockets;
using System.Threading.Channels;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Viewer;

/// <summary>Carries one page's session over a WebSocket: a loop that sends and a loop that receives.</summary>
internal sealed class PageClient
{
    // "Try again later".
    private const WebSocketCloseStatus PlaceLost = (WebSocketCloseStatus)1013;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    // The end of the run waits for nobody who does not listen.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMilliseconds(200);
    private readonly WebSocket socket;
    private readonly MessageReader reader;
    private bool isEnding;
    private readonly PageSession session;
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Opens a session; nothing runs yet.</summary>
    /// <param name="socket">The accepted connection; the caller disposes it.</param>
    /// <param name="role">What the page may do.</param>
    /// <param name="sessions">Where the session is opened.</param>
    /// <param name="rates">How often it may send what.</param>
    public PageClient(WebSocket socket, PageRole role, PageRates rates, PageSessions sessions)
    {
        this.socket = socket;
        session = sessions.Open(role, rates, () => wake.Writer.TryWrite(true));
        reader = new MessageReader(socket, () => session.CameraImageBytes);
    }

    /// <summary>Runs until the page leaves, breaks the protocol, or is closed by the server; then ends the session.</summary>
    public async Task RunAsync()
    {
        session.Wake();
        Task sending = SendLoopAsync();
        try
        {
            await ReceiveLoopAsync().ConfigureAwait(false);
        }
        finally
        {
            session.Dispose();
            wake.Writer.TryComplete();
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the page if it took no image for a minute, whether or not it answers pings and the end.</summary>
    public Task EndIfStaleAsync() => session.IsStale
        ? EndInAnyCaseAsync(WebSocketCloseStatus.PolicyViolation, "this page took no image for a minute")
        : Task.CompletedTask;

    /// <summary>Ends the page: another one has its place, whether or not it answers the end.</summary>
    public Task EndAsLostAsync() =>
        EndInAnyCaseAsync(PlaceLost, "all places are taken, and another guest had none: of several pages this one has made way");

    private async Task EndInAnyCaseAsync(WebSocketCloseStatus status, string reason)
    {
        if (!Interlocked.Exchange(ref isEnding, true))
        {
            await CloseAsync(status, reason).ConfigureAwait(false);
            await Task.Delay(CloseTimeout).ConfigureAwait(false);
            socket.Abort();
        }
    }

    /// <summary>Ends the connection with a reason; a page that does not listen is cut off soon.</summary>
    /// <param name="status">The WebSocket close code.</param>
    /// <param name="reason">At most 123 bytes.</param>
    public Task CloseAsync(WebSocketCloseStatus status, string reason) =>
        CloseAsync(stop => socket.CloseOutputAsync(status, reason, stop), EndTimeout);

    // From the loop that receives: what the page still sends is read and thrown away until it has closed too. Were it left unread,
    // the connection would be reset, and the page might never see the reason.
    private Task EndAsync(WebSocketCloseStatus status, string reason) =>
        CloseAsync(stop => socket.CloseAsync(status, reason, stop), CloseTimeout);

    private async Task CloseAsync(Func<CancellationToken, Task> close, TimeSpan max)
    {
        using var timeout = new CancellationTokenSource(max);
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
                    session.ReceiveImage(bytes.Span);
                }
                else
                {
                    session.Receive(bytes.Span);
                    TimeSpan wait = session.TimeToWait(bytes.Length);
                    if (wait > TimeSpan.Zero)
                    {
                        await Task.Delay(wait).ConfigureAwait(false);
                    }
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

    private async Task SendLoopAsync()
    {
        try
        {
            while (await wake.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                wake.Reader.TryRead(out _);
                while (session.NextText() is { } text)
                {
                    await SendAsync(text, WebSocketMessageType.Text).ConfigureAwait(false);
                }

                if (session.NextImage() is { } image)
                {
                    using (image)
                    {
                        await SendAsync(image.Bytes, WebSocketMessageType.Binary).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // When a close was sent meanwhile, nothing more can be sent; aborting now would discard the close.
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

    private ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type) =>
        socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
}

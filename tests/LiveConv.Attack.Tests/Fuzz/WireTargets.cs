using System.Net;
using System.Net.WebSockets;
using LiveConv.Media;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.TurboJpeg;
using LiveConv.Viewer;

namespace LiveConv.Attack.Tests;

/// <summary>Parsers of what comes over connections: frames of WebSockets, first bytes, answers of RTSP servers, JPEG images.</summary>
internal sealed class WireTargets : IDisposable
{
    private const int ImageBytes = 300;

    // A mutated header may claim any size; what is decoded here is about as large as the corpus.
    private const long MaxPixels = 1 << 20;
    private readonly RequestGuard guard = new(isListening: true, null, MachineNames.OfThisMachine(), TimeProvider.System);
    private readonly Lazy<RtspRelay> relay = new(() => new RtspRelay(new AddressGuard("camera", 554), "rtsp://camera/live"));
    private readonly Lazy<IJpegLuma> luma = new(() => new TurboJpegLuma());
    private readonly Lazy<JpegDecoder> decoder = new(() => new JpegDecoder());
    private readonly FramePool<Frame> frames = new(1);

    public void Dispose()
    {
        (relay.IsValueCreated ? relay.Value : null)?.Dispose();
        (luma.IsValueCreated ? luma.Value : null)?.Dispose();
        (decoder.IsValueCreated ? decoder.Value : null)?.Dispose();
        frames.Dispose();
    }

    /// <summary>What a page sends behind the handshake: frames, and the messages that they are put together to.</summary>
    public static void ReadFrames(byte[] bytes)
    {
        var frames = new PacedFrames(new SentBytes(bytes), new TokenBucket(TimeProvider.System, int.MaxValue, TimeSpan.FromTicks(1)));
        using WebSocket socket = WebSocket.CreateFromStream(frames, new WebSocketCreationOptions { IsServer = true });
        var messages = new MessageReader(socket, () => ImageBytes);
        try
        {
            while (messages.ReadAsync().AsTask().GetAwaiter().GetResult() is not null)
            {
            }
        }
        catch (Exception e) when (e is ProtocolException or WebSocketException)
        {
            // The connection ends with the reason.
        }
    }

    /// <summary>The first bytes of a connection, in which a token is looked for, and a cookie's session.</summary>
    public void ReadStart(byte[] bytes)
    {
        Assert.Null(guard.VisitorIn(bytes, IPAddress.Loopback).Role);
        byte[] shown = [.. bytes, .. System.Text.Encoding.ASCII.GetBytes($"; liveconv-1={guard.Tokens.Guest}.{bytes.Length}abc")];
        Assert.True(guard.VisitorIn(shown, IPAddress.Loopback) is { Role: null or PageRole.Guest, Session: null });
    }

    /// <summary>What an RTSP server answers, with the addresses that it leads to.</summary>
    public void ReadAnswers(byte[] bytes) =>
        new RtspAnswers(new HeadReader(new MemoryStream(bytes)), Stream.Null, IPAddress.Loopback, relay.Value.Follow)
            .CopyAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>A JPEG image, as cameras and streams send them.</summary>
    public void ReadJpeg(byte[] bytes)
    {
        _ = JpegFrame.LooksWhole(bytes) & JpegFrame.HasEnd(bytes);
        if (decoder.Value.TryReadSize(bytes, out int width, out int height) && (long)width * height <= MaxPixels)
        {
            using Frame frame = frames.TryRent()!;
            _ = luma.Value.Decode(bytes, frame);
        }
    }

    // What is written to it goes nowhere.
    private sealed class SentBytes(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}

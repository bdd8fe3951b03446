using System.Buffers.Binary;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>
/// What a page's connection brings, at a bounded rate of short frames: pings, pongs and parts of messages are handled one by one, however
/// little they hold, and a flood of them would take the processors from other pages. Long frames, as images come in, are bounded by
/// themselves. Follows the frames' heads (RFC 6455) and changes nothing. One reader and one writer at a time.
/// </summary>
/// <param name="connection">The upgraded connection. Owned.</param>
/// <param name="frames">How often short ones may come.</param>
internal sealed class PacedFrames(Stream connection, TokenBucket frames) : Stream
{
    private const int ShortFrame = 4096;
    private const int MaskBit = 0x80;
    private const int MaskBytes = 4;

    private readonly byte[] head = new byte[14];
    private int headLength;
    private ulong payload;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await connection.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        int count = CountShortFrames(buffer.Span[..read]);
        TimeSpan wait = count > 0 ? frames.Take(count) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => connection.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    private int CountShortFrames(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        while (bytes.Length > 0)
        {
            if (payload > 0)
            {
                int skipped = (int)Math.Min(payload, (ulong)bytes.Length);
                payload -= (ulong)skipped;
                bytes = bytes[skipped..];
                continue;
            }

            head[headLength++] = bytes[0];
            bytes = bytes[1..];
            if (headLength >= 2 && headLength == HeadLength())
            {
                payload = Payload();
                count += payload < ShortFrame ? 1 : 0;
                headLength = 0;
            }
        }

        return count;
    }

    private int HeadLength() => 2 + LengthBytes() + ((head[1] & MaskBit) != 0 ? MaskBytes : 0);

    private int LengthBytes() => (head[1] & ~MaskBit) switch { 126 => 2, 127 => 8, _ => 0 };

    private ulong Payload() => LengthBytes() switch
    {
        2 => BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)),
        8 => BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(2)),
        _ => (ulong)(head[1] & ~MaskBit),
    };
}

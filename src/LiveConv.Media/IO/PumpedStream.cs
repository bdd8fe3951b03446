using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Reads a stream whose reads cannot be interrupted (standard input, a named pipe) on a dedicated thread, so that waiting
/// for bytes can be stopped. The thread ends with the stream or with the program. Read by one thread.
/// </summary>
internal sealed class PumpedStream : Stream
{
    private const int Capacity = 1 << 20;
    private readonly Func<Stream> open;
    private readonly CancellationToken stop;
    private readonly CancellationTokenRegistration wake;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim hasBytes = new(false);
    private readonly ManualResetEventSlim hasRoom = new(true);
    private readonly byte[] ring = new byte[Capacity];
    private long written;
    private long taken;
    private bool ended;
    private Exception? failure;

    /// <summary>Starts reading.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="open">Opens the stream; called by the thread, because opening a named pipe waits for its writer.</param>
    /// <param name="stop">Ends every wait for bytes.</param>
    public PumpedStream(string name, Func<Stream> open, CancellationToken stop)
    {
        this.open = open;
        this.stop = stop;
        wake = stop.Register(() => Signal(() => ended = true));
        new Thread(Pump) { IsBackground = true, Name = name }.Start();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for bytes. 0 at the end, and when stopped.</summary>
    /// <exception cref="LiveConvException">The stream cannot be opened.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            hasBytes.Wait(CancellationToken.None);
            lock (gate)
            {
                int count = (int)Math.Min(buffer.Length, written - taken);
                if (stop.IsCancellationRequested || (count == 0 && ended))
                {
                    return failure is null || stop.IsCancellationRequested
                        ? 0
                        : throw (failure as LiveConvException ?? (Exception)new IOException(failure.Message, failure));
                }

                if (count > 0)
                {
                    Take(buffer[..count]);
                    return count;
                }

                hasBytes.Reset();
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        wake.Dispose();
        Signal(() => ended = true);
        base.Dispose(disposing);
    }

    private void Take(Span<byte> target)
    {
        int from = (int)(taken % Capacity);
        int first = Math.Min(target.Length, Capacity - from);
        ring.AsSpan(from, first).CopyTo(target);
        ring.AsSpan(0, target.Length - first).CopyTo(target[first..]);
        taken += target.Length;
        hasRoom.Set();
    }

    private void Pump()
    {
        try
        {
            using Stream inner = open();
            while (WaitForRoom(out int at, out int room))
            {
                int count = inner.Read(ring, at, room);
                if (count == 0)
                {
                    break;
                }

                Signal(() => written += count);
            }
        }
#pragma warning disable CA1031 // Rethrown on the reader's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        Signal(() => ended = true);
    }

    private bool WaitForRoom(out int at, out int room)
    {
        while (true)
        {
            hasRoom.Wait(CancellationToken.None);
            lock (gate)
            {
                at = (int)(written % Capacity);
                room = (int)Math.Min(Capacity - at, Capacity - (written - taken));
                if (ended || room > 0)
                {
                    return !ended;
                }

                hasRoom.Reset();
            }
        }
    }

    private void Signal(Action change)
    {
        lock (gate)
        {
            change();
            hasBytes.Set();
            hasRoom.Set();
        }
    }
}

namespace LiveConv.Media;

/// <summary>Reads a stream forward through a buffer, and tracks its position. Owns the stream.</summary>
internal sealed class ByteReader(Stream stream) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private int next;
    private int filled;

    /// <summary>The number of bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads one byte; -1 at the end.</summary>
    public int ReadByte()
    {
        if (next == filled && !Fill())
        {
            return -1;
        }

        Offset++;
        return buffer[next++];
    }

    /// <summary>Reads as many bytes as requested, or as many as there are.</summary>
    /// <returns>The number of bytes; fewer than requested only at the end.</returns>
    public int Read(Span<byte> target)
    {
        int taken = 0;
        while (taken < target.Length)
        {
            Span<byte> rest = target[taken..];
            int got = next < filled ? TakeBuffered(rest) : rest.Length >= buffer.Length ? stream.Read(rest) : Fill()
                ? TakeBuffered(rest)
                : 0;
            if (got == 0)
            {
                break;
            }

            taken += got;
        }

        Offset += taken;
        return taken;
    }

    /// <summary>Skips bytes.</summary>
    /// <returns>The number of bytes; fewer than requested only at the end.</returns>
    public long Skip(long count)
    {
        long skipped = 0;
        while (skipped < count && (next < filled || Fill()))
        {
            int step = (int)Math.Min(count - skipped, filled - next);
            next += step;
            skipped += step;
        }

        Offset += skipped;
        return skipped;
    }

    public void Dispose() => stream.Dispose();

    private int TakeBuffered(Span<byte> target)
    {
        int count = Math.Min(target.Length, filled - next);
        buffer.AsSpan(next, count).CopyTo(target);
        next += count;
        return count;
    }

    private bool Fill()
    {
        next = 0;
        filled = stream.Read(buffer);
        return filled > 0;
    }
}

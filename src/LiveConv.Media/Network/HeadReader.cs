using System.Text;

namespace LiveConv.Media;

/// <summary>Reads heads of HTTP and RTSP, lines up to an empty one, and what is between them.</summary>
/// <param name="stream">The stream. Borrowed.</param>
internal sealed class HeadReader(Stream stream)
{
    private const int MaxHead = 1 << 16;
    private const int MaxLine = 1 << 14;
    private readonly byte[] buffer = new byte[MaxLine];
    private int start;
    private int end;

    /// <summary>The next byte, which is not taken.</summary>
    /// <returns>Null at the end.</returns>
    public async ValueTask<byte?> PeekAsync(CancellationToken stop) => start < end || await FillAsync(stop) ? buffer[start] : null;

    /// <summary>Takes bytes.</summary>
    /// <param name="max">How many, at most.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>At least one; none at the end. Valid until the next call.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int max, CancellationToken stop)
    {
        if (start == end && !await FillAsync(stop).ConfigureAwait(false))
        {
            return default;
        }

        int length = Math.Min(max, end - start);
        start += length;
        return buffer.AsMemory(start - length, length);
    }

    /// <summary>Takes a head.</summary>
    /// <returns>Its lines without their ends, the first of which is not empty; null at the end.</returns>
    /// <exception cref="InvalidDataException">It is longer than any that is right.</exception>
    public async ValueTask<IReadOnlyList<string>?> HeadAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        int length = 0;
        while (await LineAsync(stop).ConfigureAwait(false) is { } line)
        {
            length += line.Length;
            if (length > MaxHead)
            {
                throw new InvalidDataException("its server sends a head without an end");
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                return lines;
            }
        }

        return null;
    }

    private async ValueTask<string?> LineAsync(CancellationToken stop)
    {
        int seen = 0;
        while (true)
        {
            int at = buffer.AsSpan(start + seen, end - start - seen).IndexOf((byte)'\n');
            if (at >= 0)
            {
                string line = Encoding.Latin1.GetString(buffer, start, seen + at).TrimEnd('\r');
                start += seen + at + 1;
                return line;
            }

            seen = end - start;
            if (!await FillAsync(stop).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken stop)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
        {
            throw new InvalidDataException("its server sends a line without an end");
        }

        int read = await stream.ReadAsync(buffer.AsMemory(end), stop).ConfigureAwait(false);
        end += read;
        return read > 0;
    }
}

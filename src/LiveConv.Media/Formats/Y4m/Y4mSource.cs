using System.Text;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Reads uncompressed video in the YUV4MPEG2 format from a file or from standard input; keeps the luma and skips the rest.
/// Samples deeper than 8 bits are rounded to 8. Limited and full range stay as they are. Not thread-safe, like every source.
/// </summary>
public sealed class Y4mSource : IFrameSource
{
    private const int MaxLine = 4096;
    private readonly string name;
    private readonly SourceMode requested;
    private readonly Func<CancellationToken, Stream> open;
    private readonly TimeProvider time;
    private ByteReader? reader;
    private Y4mHeader? header;
    private byte[] deepRow = [];
    private CancellationToken stop;
    private long sequence;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="requested">What was requested; ignored, because a file has a fixed mode.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Y4mSource(string path, SourceMode requested, TimeProvider time)
        : this(Path.GetFileName(path ?? throw new ArgumentNullException(nameof(path))), requested, stop => OpenFile(path, stop), time)
    {
    }

    /// <summary>Reads a stream, such as standard input, whose reads may block forever.</summary>
    /// <param name="name">The stream's display name.</param>
    /// <param name="stream">The stream. Owned: disposed with the source.</param>
    /// <param name="requested">What was requested; ignored, because a stream has a fixed mode.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Y4mSource(string name, Stream stream, SourceMode requested, TimeProvider time)
        : this(name, requested, stop => new PumpedStream(name, () => stream, stop), time)
    {
        ArgumentNullException.ThrowIfNull(stream);
    }

    private Y4mSource(string name, SourceMode requested, Func<CancellationToken, Stream> open, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        this.name = name;
        this.requested = requested;
        this.open = open;
        this.time = time;
        Info = new SourceInfo(name, requested, new SourceMode());
    }

    /// <inheritdoc/>
    public SourceInfo Info { get; private set; }

    /// <summary>False: a pipe waits for its reader as a file does.</summary>
    public bool IsLive => false;

    /// <summary>True for a pipe of a Windows shell, which may have turned the video into text on its way.</summary>
    internal bool MayBeText { get; init; }

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        reader = new ByteReader(open(stop));
        string? line = ReadLine();
        stop.ThrowIfCancellationRequested();
        if (line is null)
        {
            throw Refuse(0, "the stream is empty");
        }

        if (MayBeText && IsText(line))
        {
            throw new LiveConvException(
                $"{name}: the shell turned the video into text, as PowerShell before 7.4 does: use cmd, or PowerShell 7.4 or newer");
        }

        try
        {
            header = Y4mHeader.Parse(line);
        }
        catch (FormatException e)
        {
            throw Refuse(0, e.Message);
        }

        deepRow = new byte[header.Chroma.Depth > 8 ? header.Width * 2 : 0];
        sequence = 0;
        Info = Info with
        {
            Granted = new SourceMode(header.Width, header.Height, header.Fps, header.ChromaTag ?? "420"),
            Aspect = header.Meaning.Aspect,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The source is not open.</exception>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (reader is null || header is null)
        {
            throw new InvalidOperationException("open the source before reading it");
        }

        long at = reader.Offset;
        string? line = stop.IsCancellationRequested ? null : ReadLine();
        if (line is null || stop.IsCancellationRequested)
        {
            return sequence > 0 || stop.IsCancellationRequested ? false : throw Refuse(at, "the stream ends before its first frame");
        }

        if (line.TrimEnd('\r') != "FRAME" && !line.StartsWith("FRAME ", StringComparison.Ordinal))
        {
            throw Refuse(at, $"frame {sequence} does not start with FRAME");
        }

        frame.CaptureTimestamp = time.GetTimestamp();
        frame.Resize(header.Width, header.Height);
        frame.Format = header.Meaning;
        return ReadPixels(frame.Luma, header) && Stamp(frame, header);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader?.Dispose();
        reader = null;
    }

    // Lines of text end with carriage returns there; some shells put a byte order mark in front. FFmpeg writes neither.
    private static bool IsText(string line) =>
        line.EndsWith('\r') || line.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal)
        || line.StartsWith("\u00FF\u00FE", StringComparison.Ordinal);

    // Only a regular file's bytes are always available. A named pipe may stay silent forever, and even opening it blocks.
    private static Stream OpenFile(string path, CancellationToken stop)
    {
        InputFile.Check(path);
        return FileIdentity.IsPlain(path)
            ? InputFile.Open(path)
            : new PumpedStream(Path.GetFileName(path), () => InputFile.Open(path), stop);
    }

    private bool ReadPixels(Plane<byte> luma, Y4mHeader header)
    {
        for (int y = 0; y < header.Height; y++)
        {
            Span<byte> row = luma.Row(y);
            Span<byte> raw = deepRow.Length > 0 ? deepRow : row;
            if (reader!.Read(raw) < raw.Length)
            {
                return CutShort();
            }

            if (deepRow.Length > 0)
            {
                DeepSamples.ToBytes(deepRow, header.Chroma.Depth, row);
            }
        }

        long chroma = header.Chroma.BytesOfChroma(header.Width, header.Height);
        return (reader!.Skip(chroma) == chroma && (!header.Chroma.HasAlpha || LayOnWhite(luma, header))) || CutShort();
    }

    private bool LayOnWhite(Plane<byte> luma, Y4mHeader header)
    {
        Span<byte> alpha = new byte[header.Width];
        byte white = header.Meaning.Range == LumaRange.Limited ? Transparency.LimitedWhite : byte.MaxValue;
        for (int y = 0; y < header.Height; y++)
        {
            if (reader!.Read(alpha) < alpha.Length)
            {
                return false;
            }

            Transparency.LayOn(white, alpha, luma.Row(y));
        }

        return true;
    }

    private bool Stamp(Frame frame, Y4mHeader header)
    {
        frame.Sequence = sequence;
        frame.MediaTime = TimeSpan.FromTicks((long)Math.Round(sequence * TimeSpan.TicksPerSecond / header.Fps));
        sequence++;
        return true;
    }

    private bool CutShort() =>
        stop.IsCancellationRequested ? false : throw Refuse(reader!.Offset, $"the stream ends in the middle of frame {sequence}");

    // Null at the end of the stream; a line that never ends is refused.
    private string? ReadLine()
    {
        var line = new StringBuilder();
        long at = reader!.Offset;
        while (true)
        {
            int next = reader.ReadByte();
            if (next == '\n')
            {
                return line.ToString();
            }

            if (next < 0)
            {
                return line.Length == 0 || stop.IsCancellationRequested
                    ? null
                    : throw Refuse(reader.Offset, "the stream ends in the middle of a header");
            }

            if (line.Length == MaxLine)
            {
                throw Refuse(at, at == 0 ? $"a Y4M stream starts with {Y4mHeader.Magic}" : "a frame header is too long");
            }

            line.Append((char)next);
        }
    }

    private LiveConvException Refuse(long offset, string why) => new($"{name}: {why} (at byte {offset})");
}

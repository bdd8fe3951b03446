namespace LiveConv.Media;

/// <summary>
/// Writes uncompressed 8-bit video, gray or with flat chroma, with times in microseconds. Every image is its own cluster: a file that is
/// cut off plays up to its last complete image. The same format feeds an encoder. Owns the stream.
/// </summary>
internal sealed class MatroskaWriter : IFrameWriter
{
    private const ulong NanosecondsPerTick = 1000;
    private const ulong LimitedRange = 1;
    private const ulong FullRange = 2;
    private const ulong AspectRatio = 3;
    private const ulong Progressive = 2;
    private const ulong VideoTrack = 1;
    private readonly Stream stream;
    private readonly EbmlBuffer buffer = new();
    private readonly int imageBytes;
    private readonly byte[] chroma;
    private long durationAt;
    private double duration;

    /// <summary>Writes the headers.</summary>
    /// <param name="stream">The destination; owned.</param>
    /// <param name="image">What the images are like.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public MatroskaWriter(Stream stream, RecordedFormat image)
    {
        this.stream = stream;
        imageBytes = image.Width * image.Height;
        chroma = image.FlatChroma();
        WriteHeaders(image);
    }

    /// <inheritdoc/>
    public bool HasWorked() => false;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> image, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, imageBytes, nameof(image));
        ulong ticks = (ulong)(time.Ticks / TimeSpan.TicksPerMicrosecond);

        // Track 1, no time offset within the cluster, a key frame.
        ReadOnlySpan<byte> blockHeader = [0x81, 0, 0, 0x80];
        int blockBytes = blockHeader.Length + image.Length + chroma.Length;
        buffer.Clear();
        buffer.Begin(MatroskaId.Cluster, 1 + 8 + 8 + 1 + 8 + (long)blockBytes);
        buffer.Number(MatroskaId.Timestamp, ticks);
        buffer.Begin(MatroskaId.SimpleBlock, blockBytes);
        buffer.Raw(blockHeader);
        FileTail.WriteWhole(stream, buffer.Written, image, chroma);
        duration = ticks;
    }

    /// <inheritdoc/>
    public long? CountHeld(long written, CancellationToken stop) => written;

    /// <inheritdoc/>
    public void Finish()
    {
        if (stream.CanSeek)
        {
            buffer.Clear();
            buffer.Number(MatroskaId.Duration, duration);
            stream.Position = durationAt;
            stream.Write(buffer.Written);
        }

        stream.Flush();
        stream.Dispose();
    }

    /// <inheritdoc/>
    public void Abort()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void WriteHeaders(RecordedFormat image)
    {
        int ebml = buffer.Begin(MatroskaId.Ebml);
        buffer.Number(MatroskaId.EbmlVersion, 1);
        buffer.Number(MatroskaId.EbmlReadVersion, 1);
        buffer.Number(MatroskaId.EbmlMaxIdLength, 4);
        buffer.Number(MatroskaId.EbmlMaxSizeLength, 8);
        buffer.Text(MatroskaId.DocType, "matroska");
        buffer.Number(MatroskaId.DocTypeVersion, 4);
        buffer.Number(MatroskaId.DocTypeReadVersion, 2);
        buffer.End(ebml);
        buffer.BeginEndless(MatroskaId.Segment);
        int info = buffer.Begin(MatroskaId.Info);
        buffer.Number(MatroskaId.TimestampScale, NanosecondsPerTick);
        buffer.Text(MatroskaId.MuxingApp, "LiveConv");
        buffer.Text(MatroskaId.WritingApp, "LiveConv");
        if (stream.CanSeek)
        {
            durationAt = buffer.Length;
            buffer.Number(MatroskaId.Duration, 0.0);
        }

        buffer.End(info);
        WriteTrack(image);
        stream.Write(buffer.Written);
    }

    private void WriteTrack(RecordedFormat image)
    {
        int tracks = buffer.Begin(MatroskaId.Tracks);
        int entry = buffer.Begin(MatroskaId.TrackEntry);
        buffer.Number(MatroskaId.TrackNumber, 1UL);
        buffer.Number(MatroskaId.TrackUid, 1UL);
        buffer.Number(MatroskaId.TrackType, VideoTrack);
        buffer.Number(MatroskaId.FlagLacing, 0UL);
        buffer.Text(MatroskaId.CodecId, "V_UNCOMPRESSED");
        int video = buffer.Begin(MatroskaId.Video);
        buffer.Number(MatroskaId.PixelWidth, (ulong)image.Width);
        buffer.Number(MatroskaId.PixelHeight, (ulong)image.Height);
        if (!image.Meaning.Aspect.IsSquare)
        {
            // The shape of the whole image, exactly; a size in pixels would be rounded.
            buffer.Number(MatroskaId.DisplayWidth, (ulong)image.Width * (ulong)image.Meaning.Aspect.Width);
            buffer.Number(MatroskaId.DisplayHeight, (ulong)image.Height * (ulong)image.Meaning.Aspect.Height);
            buffer.Number(MatroskaId.DisplayUnit, AspectRatio);
        }

        buffer.Number(MatroskaId.FlagInterlaced, Progressive);
        buffer.Text(MatroskaId.ColourSpace, chroma.Length == 0 ? "Y800" : "I420");
        int colour = buffer.Begin(MatroskaId.Colour);
        buffer.Number(MatroskaId.Range, chroma.Length == 0 ? FullRange : LimitedRange);
        buffer.End(colour);
        buffer.End(video);
        buffer.End(entry);
        buffer.End(tracks);
    }
}

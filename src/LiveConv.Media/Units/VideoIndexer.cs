using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Decodes a whole video once, and notes every frame.</summary>
public static class VideoIndexer
{
    /// <summary>The FFmpeg that decodes, as it describes itself in its first line.</summary>
    /// <param name="stop">Ends the question.</param>
    /// <returns>Such as <c>ffmpeg version 5.1.6-0+deb12u1</c>.</returns>
    /// <exception cref="LiveConvException">There is none, or it does not run.</exception>
    public static string Decoder(CancellationToken stop) => FFmpegTool.Require("reading units of a video", stop: stop).Release;

    /// <summary>Reads the video.</summary>
    /// <param name="spec">The file.</param>
    /// <param name="requested">The rate of a file that has no times of its own.</param>
    /// <param name="counted">Called for every frame.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <returns>Its frames.</returns>
    /// <exception cref="LiveConvException">It cannot be read, is no file, has no end or no frames, or changes its format.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static VideoIndex Read(SourceSpec spec, SourceMode requested, Action counted, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(counted);
        if (spec.Kind != SourceKind.File || FileIdentity.IsPipe(spec.Value))
        {
            throw new LiveConvException($"{spec.Value} is no file: only files can be read in units");
        }

        using IFrameSource source = Sources.Create(spec, requested, TimeProvider.System, new Notices(), isOffline: true, stop: stop);
        source.Open(stop);
        string? before = source.Info.Note;
        List<IndexedFrame> frames = ReadFrames(source, counted);
        stop.ThrowIfCancellationRequested();
        return new VideoIndex(source.Info.Name, frames)
        {
            Fault = source is not FFmpegSource ? "it is uncompressed, and read from its start"
                : source.Info.Times == TimesOrigin.Rate ? "it has no times of its own"
                : source.Info.Note != before ? "it is damaged"
                : null,
        };
    }

    private static List<IndexedFrame> ReadFrames(IFrameSource source, Action counted)
    {
        var frames = new List<IndexedFrame>();
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        using var hasher = new FrameHasher();
        (StreamFormat Format, int Width, int Height)? first = null;
        while (source.Read(frame))
        {
            (StreamFormat, int, int) format = (frame.Format, frame.Luma.Width, frame.Luma.Height);
            first ??= format;
            if (format != first)
            {
                throw new LiveConvException(
                    $"{source.Info.Name}: the size or the format of its images changes at frame {frames.Count}, which one file cannot "
                    + "follow: filter it with liveconv process");
            }

            var decoder = source as FFmpegSource;
            frames.Add(new IndexedFrame(
                decoder?.OwnTime ?? frame.MediaTime, frame.MediaTime, decoder?.IsKey ?? false, hasher.Of(frame)));
            counted();
        }

        return frames.Count > 0 ? frames : throw new LiveConvException($"{source.Info.Name} has no frames");
    }
}

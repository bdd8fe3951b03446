using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Reads any input of FFmpeg: a file, a camera, a URL. The luma is used as decoded: limited range stays limited;
/// colours without luma (RGB) are converted to gray. Deeper samples are rounded to 8 bits. FFmpeg runs as a child process and ends with
/// the source. Not thread-safe, like every source.
/// </summary>
public sealed class FFmpegSource : IFrameSource
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(20);
    private readonly FFmpegInput input;
    private readonly FFmpegTool tool;
    private readonly TimeProvider time;
    private ChildProcess? child;
    private NutReader? reader;
    private CancellationToken stop;
    private CancellationTokenRegistration killOnStop;
    private byte[] deepRow = [];
    private int depth = 8;
    private long sequence;
    private TimeSpan? firstTime;
    private TimeSpan lastTime;

    internal FFmpegSource(FFmpegInput input, SourceMode requested, FFmpegTool tool, TimeProvider time)
    {
        this.input = input;
        this.tool = tool;
        this.time = time;
        Info = new SourceInfo(input.Name, requested, new SourceMode());
    }

    /// <inheritdoc/>
    public SourceInfo Info { get; private set; }

    /// <summary>True for a camera and for a URL of an endless stream. Known once the source is open.</summary>
    public bool IsLive { get; private set; }

    /// <summary>The child's process ID. Only while open.</summary>
    internal int ChildId => child!.Id;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        stop.ThrowIfCancellationRequested();

        // FFmpeg finds out only at the first frame that an image has no luma. It converts black-and-white images to floating point.
        bool isOpen = TryStart("extractplanes=y");
        if (isOpen ? DepthOf(reader!.Video!.FourCc) is null : LacksLuma())
        {
            isOpen = TryStart("format=gray");
        }

        if (!isOpen)
        {
            stop.ThrowIfCancellationRequested();
            throw Failed();
        }

        NutStream video = reader!.Video!;
        depth = DepthOf(video.FourCc)
            ?? throw new LiveConvException(
                $"this ffmpeg delivers an unknown pixel layout ({Convert.ToHexString(video.FourCc)}): report it with the output of ffmpeg "
                + "-version");
        PipeCapacity.Grow(child!.Output, (long)video.Width * video.Height);
        deepRow = new byte[depth > 8 ? video.Width * 2 : 0];
        child.WaitForNote(FFmpegReport.End, ReportTimeout);
        FFmpegReport report = FFmpegReport.Read(child.Notes);
        IsLive = input.Kind is FFmpegInputKind.Camera or FFmpegInputKind.Stream
            || (input.Kind == FFmpegInputKind.Download && report.Duration is null);
        Info = Info with
        { Granted = new SourceMode(video.Width, video.Height, report.Fps, report.Codec), Frames = IsLive ? null : report.Frames };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The source is not open.</exception>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (reader is null)
        {
            throw new InvalidOperationException("open the source before reading it");
        }

        try
        {
            if (!reader.NextFrame(out NutFrame next))
            {
                return End();
            }

            frame.CaptureTimestamp = time.GetTimestamp();
            return ReadPixels(frame, next.Size) ? Stamp(frame, next.Time) : End();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // The stream breaks off at any byte when FFmpeg dies.
            return stop.IsCancellationRequested ? false : throw Failed(e);
        }
    }

    /// <summary>Ends FFmpeg. Safe to call more than once.</summary>
    public void Dispose()
    {
        killOnStop.Dispose();
        Discard();
    }

    private bool TryStart(string filter)
    {
        Discard();
        ChildProcess started = ChildProcess.Start(tool.Path, Arguments(filter), writes: false);
        child = started;
        killOnStop.Dispose();
        killOnStop = stop.Register(started.Kill);
        reader = new NutReader(started.Output);
        try
        {
            return reader.ReadHeaders();
        }
        catch (InvalidDataException)
        {
            // It died while writing; its last error message says why.
            return false;
        }
    }

    private IEnumerable<string> Arguments(string filter) =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info",
        .. input.Arguments,
        "-map", "0:V:0", "-vf", filter, "-c:v", "rawvideo", .. tool.KeepTimes, "-enc_time_base", "-1",
        "-flush_packets", "1", "-f", "nut", "pipe:1",
    ];

    private bool LacksLuma() =>
        !stop.IsCancellationRequested
        && child!.WaitForExit(ExitTimeout)
        && child.Notes.Any(line => line.Contains("Requested planes not available", StringComparison.Ordinal));

    private bool ReadPixels(Frame frame, long size)
    {
        NutStream video = reader!.Video!;
        if (size != (long)video.Width * video.Height * (depth > 8 ? 2 : 1))
        {
            throw new InvalidDataException($"a frame of {size} bytes for {video.Width}x{video.Height} pixels");
        }

        frame.Resize(video.Width, video.Height);
        for (int y = 0; y < video.Height; y++)
        {
            Span<byte> row = frame.Luma.Row(y);
            if (!reader.ReadData(depth > 8 ? deepRow : row))
            {
                return false;
            }

            if (depth > 8)
            {
                DeepSamples.ToBytes(deepRow, depth, row);
            }
        }

        return true;
    }

    private bool Stamp(Frame frame, TimeSpan at)
    {
        firstTime ??= at;

        // A video's times never go back, even in a broken stream.
        lastTime = at - firstTime.Value > lastTime ? at - firstTime.Value : lastTime;
        frame.MediaTime = lastTime;
        frame.Sequence = sequence++;
        return true;
    }

    // The stream's end is the video's end if FFmpeg exited successfully and the source is not endless.
    private bool End()
    {
        if (stop.IsCancellationRequested)
        {
            return false;
        }

        bool ended = child!.WaitForExit(ExitTimeout);
        if (!ended || child.ExitCode != 0 || sequence == 0)
        {
            throw Failed();
        }

        Info = child.LastError is { } damage ? Info with { Note = $"damaged: {FFmpegError.Explain(damage, input, child.Notes)}" } : Info;
        return input.Kind == FFmpegInputKind.Camera
            ? throw new LiveConvException($"{input.Name} was disconnected: plug it in again and restart")
            : false;
    }

    private LiveConvException Failed(Exception? cause = null)
    {
        child!.WaitForExit(ExitTimeout);
        string reason = child.LastError ?? (cause is null ? "ffmpeg delivered no image and no reason" : cause.Message);
        return new LiveConvException(
            $"cannot read {input.Name}: {FFmpegError.Explain(reason, input, child.Notes)}", cause ?? new InvalidOperationException(reason));
    }

    // Bits per sample; null for anything but a plane of integers.
    private static int? DepthOf(byte[] fourCc) => fourCc switch
    {
        [(byte)'Y', (byte)'8', (byte)'0', (byte)'0'] => 8,
        [(byte)'Y', (byte)'1', 0, var bits and >= 8 and <= 16] => bits,
        _ => null,
    };

    private void Discard()
    {
        reader?.Dispose();
        reader = null;
        child?.Dispose();
        child = null;
    }
}

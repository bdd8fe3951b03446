using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Reads any input of FFmpeg: a file, a camera, a URL. The luma is used as decoded: limited range stays limited;
/// colours without luma (RGB) are converted to gray; transparent images are laid on white. Deeper samples are rounded to 8 bits. Images
/// keep their own size when it changes. FFmpeg runs as a child process and ends with the source. Not thread-safe, like every source.
/// </summary>
public sealed class FFmpegSource : IFrameSource
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(20);
    private const double MaxDeclaredFps = 240;
    private readonly FFmpegInput input;
    private readonly FFmpegTool tool;
    private readonly TimeProvider time;
    private readonly AddressGuard? guard;
    private AddressRelay? relay;
    private MemoryWatch? memory;
    private ChildProcess? child;
    private NutReader? reader;
    private CancellationToken stop;
    private CancellationTokenRegistration killOnStop;
    private FFmpegFormats formats = new();
    private FFmpegPlanes planes = FFmpegPlanes.Luma;
    private FFmpegPixels? pixels;
    private FFmpegFormat? format;
    private StreamFormat stream = StreamFormat.Default;
    private int formatsSeen;
    private FormatTimes times;
    private FrameStamps? stamps;
    private bool hasRead;
    private bool hasEntered;

    internal FFmpegSource(FFmpegInput input, SourceMode requested, FFmpegTool tool, TimeProvider time, AddressGuard? guard = null)
    {
        this.guard = guard;
        this.input = input;
        this.tool = tool;
        this.time = time;
        Info = new SourceInfo(input.Name, requested, new SourceMode());
    }

    /// <inheritdoc/>
    public SourceInfo Info { get; private set; }

    /// <summary>
    /// True for a camera, for a URL of an endless stream and for a named pipe without times. Known once the source is open.
    /// </summary>
    public bool IsLive { get; private set; }

    /// <summary>
    /// True for a live stream that a server offers as a playlist of files, each seconds long. Known once the source is open.
    /// </summary>
    internal bool ComesInSegments { get; private set; }

    /// <summary>Where in the video the frames start; null for its start.</summary>
    internal VideoEntry? Entry { get; init; }

    /// <summary>The largest number of frames to decode before those of the entry.</summary>
    internal long MaxSkipped { get; init; } = long.MaxValue;

    /// <summary>The number of frames that were decoded before those of the entry.</summary>
    internal long Skipped { get; private set; }

    /// <summary>The time of the frame that was read last, as FFmpeg has it: not from the first frame on.</summary>
    internal TimeSpan OwnTime { get; private set; }

    /// <summary>True when the frame that was read last is a key frame.</summary>
    internal bool IsKey { get; private set; }

    /// <summary>The child's process ID. Only while open.</summary>
    internal int ChildId => child!.Id;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        stop.ThrowIfCancellationRequested();
        StartRelay();
        FFmpegReport report = Start();
        NutStream video = reader!.Video!;
        int depth = FFmpegPixels.DepthOf(video.FourCc)
            ?? throw new LiveConvException(
                $"this ffmpeg delivers an unknown pixel layout ({Convert.ToHexString(video.FourCc)}): report it with the output of ffmpeg "
                + "-version");
        child!.GrowPipe((long)video.Width * video.Height);
        pixels = new FFmpegPixels(reader, depth, planes.HasAlpha);
        TakeFirstFormat();
        OnOpened(report);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The source is not open.</exception>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (reader is null || pixels is null)
        {
            throw new InvalidOperationException("open the source before reading it");
        }

        try
        {
            while (reader.NextFrame(out NutFrame next))
            {
                long arrived = time.GetTimestamp();
                FFmpegImage image = NextImage(isTaken: true);
                if ((image.StartsGraph || image.Format != format) && hasRead)
                {
                    TakeFormat(image.Format);
                }

                hasRead = true;
                if (!ReadPixels(frame, next.Size))
                {
                    break;
                }

                if (!IsBeforeEntry(next.Time))
                {
                    (OwnTime, IsKey) = (next.Time, image.IsKey);
                    return Stamp(frame, next.Time, arrived);
                }
            }

            return End();
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
        relay?.Dispose();
        memory?.Dispose();
    }

    /// <summary>The most memory that FFmpeg may take for an address, in bytes.</summary>
    internal long MaxMemory { get; init; } = MemoryWatch.DefaultMax;

    private void StartRelay()
    {
        if (guard is not null && relay is null)
        {
            relay = AddressGuards.Start(guard, input.Address);
            relay.Refused += () => child?.Kill();
        }
    }

    private void OnOpened(FFmpegReport report)
    {
        times = FormatTimes.Of(report.Format);
        IsLive = FindLive(report);
        ComesInSegments = IsLive && FormatTimes.IsPlaylist(report.Format);
        bool isTimeless = times.Kind != FormatTimesKind.PerFrame && input.Kind != FFmpegInputKind.Camera
            && (IsLive || times.Kind == FormatTimesKind.None);
        double? fps = isTimeless && IsLive ? DeclaredFps(report) : report.Fps ?? (isTimeless ? report.BaseRate : null);
        double? stated = isTimeless && !IsLive ? Info.Requested.Fps : null;
        TimeSpan sinceStart = child!.AgeOfNote(FFmpegReport.IsStart) ?? default;
        long started = time.GetTimestamp() - (long)(sinceStart.TotalSeconds * time.TimestampFrequency);
        TimesOrigin origin = !isTimeless ? TimesOrigin.Own : IsLive ? TimesOrigin.Arrival : TimesOrigin.Rate;
        stamps = new FrameStamps(origin, IsLive ? fps : stated, times.IsDelayed, started, time, Entry);
        Info = Info with
        {
            Granted = new SourceMode(format!.Width, format.Height, stated ?? fps, report.Codec),
            Frames = IsLive ? null : report.Frames,
        };
        if (report.Others is { } others)
        {
            AddNote(others);
        }

        if (isTimeless && IsLive)
        {
            Info = Info with { Times = TimesOrigin.Arrival };
            AddNote("times by arrival, because the stream has none of its own");
        }
        else if (isTimeless && !times.IsImage)
        {
            NoteRate();
        }
    }

    // A named pipe without times is a camera's more often than a file's; a requested rate says that it is a file.
    private bool FindLive(FFmpegReport report) => input.Kind switch
    {
        FFmpegInputKind.Camera or FFmpegInputKind.Stream => true,
        FFmpegInputKind.Download => report.Duration is null
            && (report.Format == "mpjpeg" || FormatTimes.IsPlaylist(report.Format) || !HttpLength.IsKnown(input.Address, guard, stop)),
        FFmpegInputKind.Pipe => times.Kind == FormatTimesKind.None && Info.Requested.Fps is null,
        _ => false,
    };

    // FFmpeg's assumption cannot be distinguished from the same rate in a codec's header.
    private double? DeclaredFps(FFmpegReport report)
    {
        double? fps = report.Fps ?? report.BaseRate;
        bool isDeclared = times.Kind == FormatTimesKind.Rate
            || (!times.IsImage && report.Codec != "mjpeg" && fps != FFmpegReport.AssumedFps);
        return isDeclared && fps is > 0 and <= MaxDeclaredFps ? fps : null;
    }

    private void NoteRate()
    {
        double fps = Info.Requested.Fps ?? Info.Granted.Fps ?? FFmpegReport.AssumedFps;
        Info = Info with { Times = TimesOrigin.Rate };
        string hint = Info.Requested.Fps is null ? ": --fps sets another" : "";
        AddNote(string.Create(
            CultureInfo.InvariantCulture, $"times by the rate of {fps:0.###} fps, because the file has none of its own{hint}"));
    }

    private void AddNote(string note) => Info = Info with { Note = Info.Note is { } first ? $"{first}; {note}" : note };

    // FFmpeg finds out only at the first frame which planes there are. It converts black-and-white images to floating point.
    private FFmpegReport Start()
    {
        bool isOpen = TryStart(FFmpegPlanes.Luma);
        FFmpegReport report = ReadReport(isOpen);
        if (isOpen && report.Chosen is { HasHiddenAlpha: true, Codec: "vp8" or "vp9" } video)
        {
            string decoder = video.Codec == "vp8" ? "libvpx" : "libvpx-vp9";
            isOpen = TryStart(FFmpegPlanes.LumaAlpha, tool.HasDecoder(decoder) ? decoder : null);
            isOpen = isOpen || TryStart(FFmpegPlanes.Luma);
        }
        else if (isOpen && FFmpegPixels.DepthOf(reader!.Video!.FourCc) is not null)
        {
            isOpen = formats.Await(isTaken: false, child!, ReportTimeout) is not { Format.Pixels: var pixels }
                || !FFmpegPixelNames.HasAlpha(pixels) || TryStart(FFmpegPlanes.OfAlpha(pixels));
        }
        else if (isOpen || LacksLuma())
        {
            isOpen = TryStart(FFmpegPlanes.OfColours(report.Chosen?.Pixels));
        }

        if (!isOpen)
        {
            stop.ThrowIfCancellationRequested();
            throw Failed();
        }

        return report.Chosen is not { IsCover: true }
            ? ReadReport(isOpen)
            : throw new LiveConvException($"cannot read {input.Name}: {FFmpegError.OnlyCover}");
    }

    private FFmpegReport ReadReport(bool isOpen)
    {
        if (isOpen)
        {
            child!.WaitForNote(FFmpegReport.IsEnd, ReportTimeout);
        }
        else
        {
            child!.WaitForExit(ExitTimeout);
        }

        return FFmpegReport.Read(child.Notes);
    }

    private bool TryStart(FFmpegPlanes planes, string? decoder = null)
    {
        Discard();
        this.planes = planes;
        formats = new FFmpegFormats();
        ChildProcess started = ChildProcess.Start(tool.Path, Arguments(decoder), writes: false, formats.Take, Variables);
        child = started;
        memory?.Dispose();
        memory = input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream ? new MemoryWatch(started, MaxMemory) : null;
        killOnStop.Dispose();
        killOnStop = stop.Register(started.Kill);
        reader = new NutReader(started.Output);
        try
        {
            return reader.ReadHeaders();
        }
        catch (InvalidDataException)
        {
            // It died while writing; its messages say why.
            return false;
        }
    }

    private IReadOnlyDictionary<string, string?>? Variables =>
        relay?.Environment ?? (input.Kind == FFmpegInputKind.Download ? UsersProxy.Environment : null);

    // Without -map FFmpeg takes the best video stream, as players do.
    private IEnumerable<string> Arguments(string? decoder) =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+verbose",
        .. decoder is null ? [] : (string[])["-c:v", decoder],
        .. input.Kind is FFmpegInputKind.File or FFmpegInputKind.Pipe ? tool.FileFormats(input.Playlist) : [],
        .. Entry is null ? [] : Entry.Arguments,
        .. relay is null ? input.Arguments : [.. input.Arguments.SkipLast(1), relay.Replace(input.Address)],
        "-an", "-sn", "-dn", "-vf", planes.Graph, .. tool.KeepSizes ?? [], "-c:v", "rawvideo",

        // With threads the encoder would keep back a frame for each of them.
        "-threads", "1", .. tool.KeepTimes,
        "-enc_time_base", $"1:{FFmpegPlanes.TimeBase}", "-flush_packets", "1", "-f", "nut", "pipe:1",
    ];

    private bool LacksLuma() =>
        !stop.IsCancellationRequested
        && child!.WaitForExit(ExitTimeout)
        && child.Notes.Any(line => line.Contains("Requested planes not available", StringComparison.Ordinal));

    private void TakeFirstFormat()
    {
        try
        {
            TakeFormat(NextImage(isTaken: false).Format);
        }
        catch (InvalidDataException e)
        {
            stop.ThrowIfCancellationRequested();
            throw Failed(e);
        }
    }

    private FFmpegImage NextImage(bool isTaken) => formats.Await(isTaken, child!, ReportTimeout)
        ?? throw new InvalidDataException(
            format is null ? "ffmpeg delivered no image" : "ffmpeg delivered an image, and did not report its format");

    private void TakeFormat(FFmpegFormat next)
    {
        FFmpegFormat? before = format;
        format = next;
        if (before is not null && tool.KeepSizes is null && (before.Width, before.Height) != (format.Width, format.Height))
        {
            throw new LiveConvException(
                $"{input.Name}: the image's size changes to {format.Width}x{format.Height}, which needs ffmpeg 4.4 or newer: install one");
        }

        stream = format.ToStream(planes, formatsSeen);
        formatsSeen++;
        Info = Info with { Granted = Info.Granted with { Width = format.Width, Height = format.Height }, Aspect = format.Aspect };
    }

    // Decoding starts at a key frame; what is before the entry was decoded for the frames behind it.
    private bool IsBeforeEntry(TimeSpan at)
    {
        hasEntered |= Entry is null || at == Entry.At;
        if (hasEntered)
        {
            return false;
        }

        return at < Entry!.At && ++Skipped <= MaxSkipped
            ? true
            : throw new LiveConvException($"{input.Name}: decoding does not start at frame {Entry.Frame}, as it did before");
    }

    private bool ReadPixels(Frame frame, long size)
    {
        (int width, int height) = (format!.Width, format.Height);
        if (size != pixels!.SizeOf(width, height))
        {
            throw new InvalidDataException($"a frame of {size} bytes for {width}x{height} pixels");
        }

        frame.Resize(width, height);
        frame.Format = stream;
        byte white = stream.Range == LumaRange.Limited ? Transparency.LimitedWhite : byte.MaxValue;
        return pixels.Read(frame.Luma, FFmpegPixelNames.IsDeep(format.Pixels), white);
    }

    private bool Stamp(Frame frame, TimeSpan at, long arrived)
    {
        stamps!.Stamp(frame, at, arrived);
        if (times.IsImage && stamps.Count == 2 && Info.Times == TimesOrigin.Own)
        {
            // A single image needs no times; only now it is known that there are several.
            NoteRate();
        }

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
        if (!ended || Refusal is not null || (child.ExitCode != 0 && !IsLive) || stamps!.Count == 0)
        {
            throw Failed();
        }

        if (IsLive)
        {
            Info = Info with { Ended = "the live stream ended" };
        }
        else if (FFmpegError.FindDamage(input, child.Notes) is { } damage)
        {
            AddNote($"damaged: {damage}");
        }

        return input.Kind == FFmpegInputKind.Camera
            ? throw new LiveConvException($"{input.Name} was disconnected: plug it in again and restart")
            : false;
    }

    private LiveConvException Failed(Exception? cause = null)
    {
        bool hasEnded = child!.WaitForExit(ExitTimeout);
        if (stamps is { Count: > 0 and var count } && LacksLuma())
        {
            return new LiveConvException(
                $"cannot read {input.Name} further: after {count} images of luma it goes on as RGB: cut it there, or convert it with "
                + "ffmpeg -i IN -pix_fmt yuv420p OUT");
        }

        string? fault = relay?.Fault is { } words ? FFmpegCauses.Find([words], input.Kind) : null;
        string reason = Refusal ?? fault ?? FFmpegError.Explain(input, Notes)
            ?? (hasEnded && FFmpegCrash.Of(child.ExitCode, Notes) is { } crash ? $"ffmpeg {crash}"
            : hasEnded && child.ExitCode != 0 ? FFmpegError.Ended(child.ExitCode, Notes)
            : cause?.Message ?? "ffmpeg delivered no image and no reason");
        string message = $"cannot read {input.Name}: {reason}";
        return cause is null ? new LiveConvException(message) : new LiveConvException(message, cause);
    }

    private string? Refusal => relay?.Refusal ?? (memory is { IsExceeded: true }
        ? string.Create(CultureInfo.InvariantCulture, $"what its server sends takes more than {MaxMemory >> 20} MB of memory in ffmpeg")
        : null);

    // What FFmpeg says of the relay it says of the address.
    private IReadOnlyList<string> Notes => relay is null
        ? child!.Notes
        : [.. child!.Notes.Select(line => line.Replace(relay.Replace(input.Address), input.Address, StringComparison.Ordinal))];

    private void Discard()
    {
        reader?.Dispose();
        reader = null;
        child?.Dispose();
        child = null;
    }
}

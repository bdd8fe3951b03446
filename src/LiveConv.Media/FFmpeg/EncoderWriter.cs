using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A file encoded by FFmpeg from raw Matroska, so that every image keeps its timestamp.</summary>
internal sealed class EncoderWriter : IFrameWriter
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxIdleOfRest = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan StderrDrainTimeout = TimeSpan.FromSeconds(3);
    private readonly ChildProcess child;
    private readonly FFmpegTool tool;
    private readonly LockedFile file;
    private readonly EncoderTimeouts timeouts;
    private readonly MatroskaWriter feed;
    private TimeSpan workBefore;

    /// <summary>Starts the encoder.</summary>
    /// <param name="tool">FFmpeg.</param>
    /// <param name="format">The output format.</param>
    /// <param name="file">The file; overwritten. Not owned.</param>
    /// <param name="image">What its images are like.</param>
    /// <param name="rate">The constant rate; null when every frame has its own timestamp.</param>
    /// <param name="timeouts">The timeouts for its work.</param>
    /// <exception cref="IOException">The encoder ended immediately.</exception>
    public EncoderWriter(
        FFmpegTool tool, VideoFormat format, LockedFile file, RecordedFormat image, FrameRate? rate, EncoderTimeouts timeouts)
    {
        this.tool = tool;
        this.file = file;
        this.timeouts = timeouts;
        child = ChildProcess.Start(tool.Path, Arguments(tool, format.ArgumentsFor(image), file.Address, rate), writes: true);
        child.GrowPipe((long)image.Width * image.Height);
        try
        {
            feed = new MatroskaWriter(child.Input, image with { Meaning = StreamFormat.Default });
        }
        catch (IOException e)
        {
            IOException failure = EncoderFailed(e);
            child.Dispose();
            throw failure;
        }
    }

    /// <summary>The encoder's process ID.</summary>
    internal int ProcessId => child.Id;

    /// <inheritdoc/>
    public bool HasWorked()
    {
        TimeSpan before = workBefore;
        workBefore = child.WorkTime;
        return workBefore > before;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> image, TimeSpan time)
    {
        try
        {
            feed.Write(image, time);
        }
        catch (IOException e)
        {
            throw EncoderFailed(e);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        try
        {
            feed.Finish();
        }
        catch (IOException e)
        {
            throw EncoderFailed(e);
        }

        if (!TryWaitForEnd())
        {
            child.Kill();
            throw new IOException("the encoder did not end in time and was killed");
        }

        if (child.ExitCode != 0)
        {
            throw EncoderFailed(null);
        }
    }

    /// <inheritdoc/>
    public long? CountHeld(long written, CancellationToken stop)
    {
        try
        {
            return FramesInFile.Count(tool, file.Address, stop) is { } held ? Math.Min(held, written) : null;
        }
        catch (LiveConvException)
        {
            // FFmpeg is no longer there.
            return null;
        }
    }

    /// <inheritdoc/>
    public void Abort() => child.Kill();

    /// <inheritdoc/>
    public void Dispose()
    {
        child.Dispose();
        try
        {
            feed.Dispose();
        }
        catch (IOException)
        {
            // The pipe to a dead encoder: there is nothing left to write.
        }
    }

    private bool TryWaitForEnd()
    {
        TimeSpan idle = default;
        for (TimeSpan waited = Step; !child.WaitForExit(Step); waited += Step)
        {
            idle = HasWorked() ? default : idle + Step;
            if (idle >= timeouts.MaxIdle || waited >= timeouts.MaxToEnd)
            {
                return false;
            }
        }

        return TryWaitForRest();
    }

    // An ffmpeg that is a script may end before the real one, which works on, and may leave a program behind that does nothing. What has
    // the file open is the real one, also while a slow disk holds it up.
    private bool TryWaitForRest()
    {
        TimeSpan idle = default;
        for (TimeSpan waited = default; child.IsAnyRunning; waited += Step)
        {
            bool? isWriter = child.HasOpen(file.Path);
            if (isWriter == false && idle >= MaxIdleOfRest)
            {
                return true;
            }

            if (waited >= timeouts.MaxToEnd || idle >= timeouts.MaxIdle)
            {
                return isWriter is null && waited < timeouts.MaxToEnd;
            }

            Thread.Sleep(Step);
            idle = HasWorked() ? default : idle + Step;
        }

        return true;
    }

    // The encoder's messages are more informative than a broken pipe.
    private IOException EncoderFailed(IOException? cause)
    {
        bool hasEnded = child.WaitForExit(StderrDrainTimeout);
        string reason = (child.Notes.FirstOrDefault(DiskFullMessages.IsDiskFull) ?? FFmpegError.Telling(child.Notes))
            ?.Replace(file.Address, file.Path, StringComparison.Ordinal)
            ?? (hasEnded && FFmpegCrash.Of(child.ExitCode, child.Notes) is { } crash ? $"ffmpeg {crash}"
            : hasEnded ? FFmpegError.Ended(child.ExitCode, child.Notes)
            : "the encoder accepts no more images");
        return new IOException(reason, cause);
    }

    private static IEnumerable<string> Arguments(FFmpegTool tool, IEnumerable<string> formatArguments, string path, FrameRate? rate) =>
    [
        // The first image of a unit of a video need not be at zero.
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+warning", "-y", "-copyts",
        "-probesize", "32", "-analyzeduration", "0", "-f", "matroska", "-i", "pipe:0", "-map", "0:v:0",
        .. tool.KeepTimes,
        .. rate is { } constant
            ? (string[])[
                "-r", constant.ToString(), "-enc_time_base",
                string.Create(CultureInfo.InvariantCulture, $"{constant.Denominator}:{constant.Numerator}")]
            : ["-enc_time_base", "1:1000000"],
        "-fflags", "+bitexact", .. formatArguments, "file:" + Path.GetFullPath(path),
    ];
}

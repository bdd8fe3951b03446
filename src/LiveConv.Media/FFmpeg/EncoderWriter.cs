using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A file that FFmpeg encodes: it is fed raw Matroska, so every image keeps its time.</summary>
internal sealed class EncoderWriter : IFrameWriter
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan StderrDrainTimeout = TimeSpan.FromSeconds(3);
    private readonly ChildProcess child;
    private readonly FFmpegTool tool;
    private readonly string path;
    private readonly EncoderTimeouts timeouts;
    private readonly MatroskaWriter feed;
    private TimeSpan workBefore;

    /// <summary>Starts the encoder.</summary>
    /// <param name="tool">FFmpeg.</param>
    /// <param name="format">What to encode.</param>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="rate">The constant rate; null when every frame has its own time.</param>
    /// <param name="timeouts">How long it may take to finish.</param>
    /// <exception cref="IOException">The encoder ended at once.</exception>
    public EncoderWriter(FFmpegTool tool, VideoFormat format, string path, int width, int height, FrameRate? rate, EncoderTimeouts timeouts)
    {
        this.tool = tool;
        this.path = path;
        this.timeouts = timeouts;
        child = ChildProcess.Start(tool.Path, Arguments(tool, format.ArgumentsFor(width, height), path, rate), writes: true);
        PipeCapacity.Grow(child.Input, (long)width * height);
        try
        {
            feed = new MatroskaWriter(child.Input, width, height);
        }
        catch (IOException e)
        {
            child.Dispose();
            throw Died(e);
        }
    }

    /// <summary>The encoder's process number.</summary>
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
            throw Died(e);
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
            throw Died(e);
        }

        if (!EndsByItself())
        {
            child.Kill();
            throw new IOException("the encoder did not end in time and was ended by force");
        }

        if (child.ExitCode != 0)
        {
            throw Died(null);
        }
    }

    /// <inheritdoc/>
    public long? CountHeld(long written, CancellationToken stop)
    {
        try
        {
            return FramesInFile.Count(tool, path, stop) is { } held ? Math.Min(held, written) : null;
        }
        catch (LiveConvException)
        {
            // FFmpeg went away meanwhile.
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
            // The pipe to a dead encoder: nothing is left to write.
        }
    }

    private bool EndsByItself()
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

        return true;
    }

    // The encoder's last word says more than a broken pipe.
    private IOException Died(IOException? cause)
    {
        bool hasEnded = child.WaitForExit(StderrDrainTimeout);
        string reason = child.LastError
            ?? (hasEnded
            ? string.Create(CultureInfo.InvariantCulture, $"the encoder ended with code {child.ExitCode}")
            : "the encoder takes no more images");
        return new IOException(reason, cause);
    }

    private static IEnumerable<string> Arguments(FFmpegTool tool, IEnumerable<string> formatArguments, string path, FrameRate? rate) =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+warning", "-y",
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

using System.Globalization;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// The <c>.json</c> beside a recording: what was recorded, with which kernels, when each frame was taken, what is missing and why.
/// Brought up to date every second, and whole JSON each time: a killed recording has one too. A file that cannot be written
/// never ends the recording. Drops may be added on any thread.
/// </summary>
internal sealed class Sidecar : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly FileStream? file;
    private readonly TimeProvider time;
    private readonly StringBuilder newFrames = new();
    private readonly List<PresetMark> presets = [];
    private readonly List<DropMark> drops = [];
    private long stableBytes;
    private long written;
    private long frames;

    /// <summary>Makes the file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="head">What is known when the recording begins.</param>
    /// <param name="context">The run.</param>
    public Sidecar(string path, SidecarHead head, RecordingContext context)
    {
        time = context.Time;
        try
        {
            file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            newFrames.Append(head.ToOpenJson()).Append(",\n  \"frames\": [");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Notices.Warn($"{path} cannot be written ({e.Message}): the recording goes on without it");
        }
    }

    /// <summary>A frame is in the recording.</summary>
    /// <param name="at">Its time from the file's begin.</param>
    /// <param name="preset">What it was filtered with.</param>
    public void AddFrame(TimeSpan at, Preset preset)
    {
        lock (gate)
        {
            newFrames.Append(frames == 0 ? "" : ",").Append(frames % 16 == 0 ? "\n    " : " ").Append(Milliseconds(at));
            if (presets.Count == 0 || presets[^1].Preset != preset)
            {
                presets.Add(new PresetMark(frames, preset));
            }

            frames++;
            if (written == 0 || time.GetElapsedTime(written) >= Period)
            {
                Write(isComplete: false, endedBy: null);
            }
        }
    }

    /// <summary>Frames are missing in the recording.</summary>
    public void AddDrop(TimeSpan at, DropCause cause, long count)
    {
        lock (gate)
        {
            if (drops.Count > 0 && drops[^1] is { } last && last.Cause == cause && last.BeforeFrame == frames)
            {
                drops[^1] = last with { Count = last.Count + count };
            }
            else
            {
                drops.Add(new DropMark(at, cause, frames, count));
            }
        }
    }

    /// <summary>The recording ends here.</summary>
    /// <param name="endedBy">Why it ended early; null when it ended as it should.</param>
    public void End(string? endedBy)
    {
        lock (gate)
        {
            Write(isComplete: endedBy is null, endedBy);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private static string Milliseconds(TimeSpan at) => at.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);

    // The frames only grow; what stands behind them is written anew each time.
    private void Write(bool isComplete, string? endedBy)
    {
        if (file is null)
        {
            return;
        }

        written = time.GetTimestamp();
        byte[] stable = Encoding.UTF8.GetBytes(newFrames.ToString());
        byte[] tail = Encoding.UTF8.GetBytes("\n  ],\n" + SidecarTail.ToJson(presets, drops, isComplete, endedBy) + "\n}\n");
        try
        {
            file.Position = stableBytes;
            file.Write([.. stable, .. tail]);
            file.SetLength(file.Position);
            stableBytes += stable.Length;
            newFrames.Clear();
        }
        catch (IOException)
        {
            // The disk is full; the recording itself tells it.
        }
    }
}

/// <summary>From this frame on another preset was applied.</summary>
internal sealed record PresetMark(long Frame, Preset Preset);

/// <summary>Frames that are missing before a frame of the recording.</summary>
internal sealed record DropMark(TimeSpan At, DropCause Cause, long BeforeFrame, long Count);

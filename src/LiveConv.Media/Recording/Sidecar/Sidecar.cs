using System.Text;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// The <c>.json</c> beside a recording: what was recorded, with which kernels, when each frame was taken, what is missing and why.
/// Brought up to date every second, and whole JSON each time: a killed recording has one too. A file that cannot be written
/// never ends the recording. Drops may be added on any thread.
/// </summary>
internal sealed class Sidecar : IDisposable
{
    // Spaces behind the end: on a full disk they are the room for how it ended.
    private const int Reserve = 4096;

    // Hours of steady drops make the part that is written anew large; then that is done less often.
    private const int LargeTail = 1 << 18;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxLoss = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly FileStream? file;
    private readonly TimeProvider time;
    private readonly StringBuilder newFrames = new();
    private readonly List<PresetMark> presets = [];
    private readonly List<DropMark> drops = [];
    private (long Repeated, long LeftOut)? constantRate;
    private byte[] goodTail = [];
    private int framesAt;
    private long stableBytes;
    private long written;
    private long frames;
    private string? ended;

    /// <summary>Makes the file.</summary>
    /// <param name="path">Its path; nothing must be there.</param>
    /// <param name="rights">Who may read and write it.</param>
    /// <param name="head">What is known when the recording begins.</param>
    /// <param name="context">The run.</param>
    public Sidecar(string path, UnixFileMode rights, SidecarHead head, RecordingContext context)
    {
        time = context.Time;
        constantRate = head.Rate is null ? null : (0, 0);
        try
        {
            file = PlainFile.Create(path, rights);
            newFrames.Append(head.ToOpenJson()).Append(",\n  \"frames\": [");
            framesAt = Encoding.UTF8.GetByteCount(newFrames.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Notices.Warn($"{path} cannot be written ({e.Message}): the recording goes on without it");
        }
    }

    /// <summary>A frame is in the recording.</summary>
    /// <param name="at">Its time from the start of the file.</param>
    /// <param name="preset">What it was filtered with.</param>
    public void AddFrame(TimeSpan at, Preset preset)
    {
        lock (gate)
        {
            newFrames.Append(frames == 0 ? "" : ",").Append(frames % 16 == 0 ? "\n    " : " ").Append(SidecarFrames.TextOf(at));
            if (presets.Count == 0 || presets[^1].Preset != preset)
            {
                presets.Add(new PresetMark(frames, preset, RecordedPreset.ToJson(frames, preset)));
            }

            frames++;
            if (written == 0 || time.GetElapsedTime(written) >= Period * (1 + (goodTail.Length / LargeTail)))
            {
                Write(isComplete: false, endedBy: null);
            }
        }
    }

    /// <summary>Frames are missing in the recording before the next one.</summary>
    /// <param name="missing">Which; their times are from the start of the file.</param>
    public void AddDrop(FrameGap missing)
    {
        lock (gate)
        {
            drops.Add(new DropMark(missing, frames));
        }
    }

    /// <summary>What keeping a constant rate has taken so far.</summary>
    public void ConstantRate(long repeated, long leftOut)
    {
        lock (gate)
        {
            constantRate = (repeated, leftOut);
        }
    }

    /// <summary>The recording ends here.</summary>
    /// <param name="endedBy">Why it ended early; null when it ended as it should.</param>
    public void End(string? endedBy)
    {
        lock (gate)
        {
            ended = endedBy;
            Write(isComplete: endedBy is null, endedBy);
        }
    }

    /// <summary>The newest frames did not get into the recording: they become a drop. After <see cref="End"/>.</summary>
    /// <param name="held">How many frames did get there; null when only known to be all but those of the last second.</param>
    /// <param name="cause">What took the others.</param>
    /// <returns>How many are lost.</returns>
    public long Cut(long? held, DropCause cause)
    {
        lock (gate)
        {
            if (file is null)
            {
                return held is { } number ? frames - number : 0;
            }

            SidecarFrames all = SidecarFrames.Parse([.. Read(0, stableBytes), .. Encoding.UTF8.GetBytes(newFrames.ToString())], framesAt);
            int keep = (int)Math.Min(held ?? all.CountUpTo(MaxLoss), all.Times.Count);
            if (keep == all.Times.Count)
            {
                return 0;
            }

            var lost = new FrameGap(cause, all.Times.Count - keep, all.Times[keep], all.Times[^1]);
            for (int i = 0; i < drops.Count; i++)
            {
                drops[i] = drops[i] with { BeforeFrame = Math.Min(drops[i].BeforeFrame, keep) };
            }

            drops.Add(new DropMark(lost, keep));
            presets.RemoveAll(mark => mark.Frame >= keep);
            frames = keep;
            CutText(all.TextOf(keep));
            Write(isComplete: false, ended);
            return lost.Count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void CutText(ReadOnlySpan<byte> kept)
    {
        newFrames.Clear();
        if (kept.Length >= stableBytes)
        {
            newFrames.Append(Encoding.UTF8.GetString(kept[(int)stableBytes..]));
        }
        else
        {
            goodTail = Read(kept.Length, file!.Length);
            stableBytes = kept.Length;
        }
    }

    private byte[] Read(long from, long to)
    {
        byte[] bytes = new byte[to - from];
        file!.Position = from;
        file.ReadExactly(bytes);
        return bytes;
    }

    // The frames only grow; what stands behind them is written anew each time.
    private void Write(bool isComplete, string? endedBy)
    {
        if (file is null)
        {
            return;
        }

        written = time.GetTimestamp();
        bool isEnd = isComplete || endedBy is not null;
        byte[] stable = Encoding.UTF8.GetBytes(newFrames.ToString());
        byte[] tail = Encoding.UTF8.GetBytes(
            "\n  ],\n" + SidecarTail.ToJson(presets, drops, constantRate, isComplete, endedBy) + "\n}\n" + new string(
                ' ', isEnd ? 0 : Reserve));
        if (TryWrite([.. stable, .. tail]))
        {
            (stableBytes, goodTail) = (stableBytes + stable.Length, tail);
            newFrames.Clear();
        }
        else
        {
            // The disk is full, which the recording itself tells; here the last whole state comes back, for which there is room.
            TryWrite(goodTail);
        }
    }

    private bool TryWrite(byte[] fromStableOn)
    {
        try
        {
            file!.Position = stableBytes;
            file.Write(fromStableOn);
            file.SetLength(file.Position);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>From this frame on another preset was applied; as JSON, too, because it is written every second.</summary>
internal sealed record PresetMark(long Frame, Preset Preset, byte[] Json);

/// <summary>Frames that are missing before a frame of the recording.</summary>
internal sealed record DropMark(FrameGap Missing, long BeforeFrame);

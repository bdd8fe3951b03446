using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>A recording that is a part of a longer one.</summary>
/// <param name="Path">The recording, with its notes beside it.</param>
/// <param name="Zero">Where the longer one has the start of its times; a whole number of milliseconds.</param>
public sealed record RecordingPart(string Path, TimeSpan Zero);

/// <summary>Joins recordings without encoding them again. Every frame keeps its image, and the time that it would have in one recording.
/// </summary>
public static class RecordingJoin
{
    // What the joined file and its notes may differ by: the file's times are whole milliseconds, the notes' whole microseconds.
    private static readonly TimeSpan MaxError = TimeSpan.FromMicroseconds(501);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Joins them, and checks the result by decoding all of it.</summary>
    /// <param name="parts">The parts in their order, at least one; all of one format.</param>
    /// <param name="output">The file, which ends in .mkv or .mp4; replaced. Its notes are written beside it.</param>
    /// <param name="rights">Who may read and write both.</param>
    /// <param name="stop">Ends the joining.</param>
    /// <returns>What the check found; it is good.</returns>
    /// <exception cref="LiveConvException">They cannot be joined, or the result is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static RecordingCheckResult Run(
        IReadOnlyList<RecordingPart> parts, string output, UnixFileMode rights, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(output);
        TimeSpan[][] times = [.. parts.Select(part => TimesOf(part))];
        try
        {
            WriteNotes(parts, times, output, rights);
            Join(parts, times, output, rights, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException(
                e is IOException full && DiskFullMessages.IsDiskFull(full) ? DiskFullMessages.DiskFull(output, hasFrames: false)
                : $"{output} cannot be written: {e.Message}", e);
        }

        RecordingCheckResult result = RecordingCheck.Run(output, stop);
        return result.IsGood && result.WorstError <= MaxError
            ? result
            : throw new LiveConvException(
                $"{output} is not what its units are: {(result.IsGood ? "times are more than 0.5 ms away" : result.Faults[0])}");
    }

    private static TimeSpan[] TimesOf(RecordingPart part)
    {
        var notes = SidecarDocument.Read(SidecarPath.PathOf(part.Path), part.Path);
        return [.. notes.Frames.Select(at => at + part.Zero)];
    }

    private static void Join(
        IReadOnlyList<RecordingPart> parts, TimeSpan[][] times, string output, UnixFileMode rights, CancellationToken stop)
    {
        using var file = LockedFile.Create(output, rights);
        string list = output + ".list";
        try
        {
            using (FileStream stream = PlainFile.Create(list, rights))
            {
                stream.Write(Encoding.UTF8.GetBytes(ListOf(parts, times, output)));
            }

            RunFFmpeg(list, file.Address, output, stop);
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static void RunFFmpeg(string list, string address, string output, CancellationToken stop)
    {
        FFmpegTool tool = FFmpegTool.Require("joining units", stop: stop);
        string[] container = IsMp4(output) ? ["-movflags", "+faststart", "-f", "mp4"] : ["-f", "matroska"];
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+warning", "-y", "-protocol_whitelist", "file", "-f", "concat",
            "-safe", "0", "-i", "file:" + Path.GetFullPath(list), "-map", "0:v:0", "-c", "copy", "-fflags", "+bitexact", .. container,
            "file:" + Path.GetFullPath(address),
        ];
        using ChildProcess child = ChildProcess.Start(tool.Path, arguments, writes: false);
        using CancellationTokenRegistration kill = stop.Register(child.Kill);
        child.Output.CopyTo(Stream.Null);
        bool hasEnded = child.WaitForExit(EndTimeout);
        stop.ThrowIfCancellationRequested();
        if (!hasEnded || child.ExitCode != 0)
        {
            string reason = child.Notes.FirstOrDefault(DiskFullMessages.IsDiskFull) is { } ? DiskFullMessages.DiskFull(output, false)
                : FFmpegError.Telling(child.Notes) ?? (hasEnded ? FFmpegError.Ended(child.ExitCode, child.Notes) : "ffmpeg does not end");
            throw new LiveConvException($"the units of {output} cannot be joined: {reason}");
        }
    }

    // FFmpeg puts a part's first frame where the parts before it end; so they end where that frame is in the file of one piece.
    private static string ListOf(IReadOnlyList<RecordingPart> parts, TimeSpan[][] times, string output)
    {
        var list = new StringBuilder("ffconcat version 1.0\n");
        for (int i = 0; i < parts.Count; i++)
        {
            string path = Path.GetFullPath(parts[i].Path).Replace("'", @"'\''", StringComparison.Ordinal);
            list.Append(CultureInfo.InvariantCulture, $"file '{path}'\n");
            if (i + 1 < parts.Count)
            {
                TimeSpan duration = InFile(times[i + 1][0], output) - InFile(times[i][0], output);
                list.Append(CultureInfo.InvariantCulture, $"duration {duration.TotalSeconds:0.000000}\n");
            }
        }

        return list.ToString();
    }

    // MP4 has the microseconds that the encoder was fed with, Matroska milliseconds.
    private static TimeSpan InFile(TimeSpan time, string output)
    {
        long microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond;
        long milliseconds = (microseconds + 500) / 1000;
        return IsMp4(output) ? TimeSpan.FromMicroseconds(microseconds) : TimeSpan.FromMilliseconds(milliseconds);
    }

    private static bool IsMp4(string output) => Path.GetExtension(output).Equals(".mp4", StringComparison.OrdinalIgnoreCase);

    // All that is noted of the first part holds for the whole, but for the frames.
    private static void WriteNotes(IReadOnlyList<RecordingPart> parts, TimeSpan[][] times, string output, UnixFileMode rights)
    {
        using var json = JsonDocument.Parse(PlainFile.ReadAll(SidecarPath.PathOf(parts[0].Path), SidecarDocument.MaxBytes));
        using FileStream file = PlainFile.Create(SidecarPath.PathOf(output), rights);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        foreach (JsonProperty member in json.RootElement.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.NameEquals("frames"))
            {
                WriteFrames(writer, times);
            }
            else
            {
                writer.WriteRawValue(member.Value.GetRawText());
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteFrames(Utf8JsonWriter writer, TimeSpan[][] times)
    {
        IEnumerable<string> texts = times.SelectMany(part => part).Select(SidecarFrames.TextOf);
        writer.WriteRawValue($"[{string.Join(", ", texts)}]");
    }
}

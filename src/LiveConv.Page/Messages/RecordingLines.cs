using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>The recorded files as the page lists them. Thread-safe.</summary>
/// <param name="files">The files.</param>
/// <param name="time">The run's clock.</param>
/// <param name="sizeOf">The bytes of a file, 0 when it is gone.</param>
internal sealed class RecordingLines(RecordedFiles files, TimeProvider time, Func<string, long> sizeOf)
{
    /// <summary>All files, oldest first.</summary>
    public IReadOnlyList<RecordingLine> Lines() => [.. files.All.Select(Line)];

    /// <summary>The file that is written now, or null.</summary>
    public RecordingLine? Current() => files.All is [.., { Ended: null } last] all ? Line(last, all.Count - 1) : null;

    private RecordingLine Line(RecordedFile file, int number)
    {
        TimeSpan length = time.GetElapsedTime(file.Began, file.Ended ?? time.GetTimestamp());
        return new RecordingLine(
            number,
            TextLine.Of(Path.GetFileName(file.Path)),
            TextLine.Of(Path.GetDirectoryName(file.Path) ?? ""),
            Math.Round(length.TotalSeconds, 1),
            sizeOf(file.Path),
            file.Ended is not null);
    }
}

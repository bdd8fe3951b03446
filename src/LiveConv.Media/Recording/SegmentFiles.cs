using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Makes the files of one recording: the first, and the next ones after a new image size or format, or a dead encoder.</summary>
/// <param name="path">The requested name.</param>
/// <param name="format">How they are written.</param>
/// <param name="tool">FFmpeg; null when the format needs none.</param>
/// <param name="rate">The constant rate; null when every frame has its own time.</param>
/// <param name="mayReplace">Whether the first file may replace one of the same name.</param>
/// <param name="timeouts">How long an encoder is waited for.</param>
internal sealed class SegmentFiles(
    RecordingPath path, VideoFormat format, FFmpegTool? tool, FrameRate? rate, bool mayReplace, EncoderTimeouts timeouts)
{
    private bool mayReplaceNext = mayReplace;

    /// <summary>The constant rate; null when every frame has its own time.</summary>
    public FrameRate? Rate => rate;

    /// <summary>How long an encoder is waited for.</summary>
    public EncoderTimeouts Timeout => timeouts;

    /// <summary>FFmpeg's encoder; null when the images are not compressed.</summary>
    public string? Encoder => format.Encoder;

    /// <summary>Makes the next file.</summary>
    /// <param name="image">What its images are like.</param>
    /// <param name="preset">The preset's short name.</param>
    /// <returns>The file, which is the caller's to dispose after its writer, and the writer.</returns>
    /// <exception cref="LiveConvException">It cannot be made.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public (LockedFile File, IFrameWriter Writer) Next(RecordedFormat image, string preset)
    {
        LockedFile file;
        try
        {
            file = path.Create(preset, mayReplaceNext);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"the recording cannot be written: {e.Message}", e);
        }

        bool isNew = !mayReplaceNext;
        mayReplaceNext = false;
        try
        {
            return (file, Open(file, image));
        }
        catch (IOException)
        {
            file.Dispose();
            if (isNew)
            {
                // A file without anything in it would not play.
                File.Delete(file.Path);
            }

            throw;
        }
    }

    private IFrameWriter Open(LockedFile file, RecordedFormat image)
    {
        if (format.Encoder is not null)
        {
            return new EncoderWriter(tool!, format, file, image, rate, timeouts);
        }

        FileStream stream = file.OpenAgain();
        try
        {
            return format.HasTimestamps ? new MatroskaWriter(stream, image) : new Y4mWriter(stream, image, rate!.Value);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}

using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Makes the files of one recording: the first, and the next ones after a new image size or a dead encoder.</summary>
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
    /// <param name="width">Width of its images.</param>
    /// <param name="height">Height of its images.</param>
    /// <param name="preset">The preset's short name.</param>
    /// <returns>Its path and its writer.</returns>
    /// <exception cref="LiveConvException">It cannot be made.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public (string Path, IFrameWriter Writer) Next(int width, int height, string preset)
    {
        string file;
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
            return (file, Open(file, width, height));
        }
        catch (IOException) when (isNew)
        {
            // A file without anything in it would not play.
            File.Delete(file);
            throw;
        }
    }

    private IFrameWriter Open(string file, int width, int height)
    {
        if (format.Encoder is not null)
        {
            return new EncoderWriter(tool!, format, file, width, height, rate, timeouts);
        }

        var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            return format.HasTimestamps ? new MatroskaWriter(stream, width, height) : new Y4mWriter(stream, width, height, rate!.Value);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}

using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Win32.SafeHandles;

namespace LiveConv.Media;

/// <summary>A pipe that is recorded into: standard output or a named pipe.</summary>
/// <param name="Path">The pipe's path; <c>-</c> for standard output.</param>
/// <param name="Container">The form of what is written.</param>
internal sealed record PipeTarget(string Path, RecordContainer Container)
{
    /// <summary>What it is called in messages.</summary>
    public string Name => Path == RecordingOptions.StandardOutput ? "standard output" : Path;

    /// <summary>Whether a path is a pipe, into which is written; it is never replaced by a file.</summary>
    public static bool Is(string path) => path == RecordingOptions.StandardOutput || FileIdentity.IsPipe(path);

    /// <summary>Checks what was requested.</summary>
    /// <param name="options">The options of the recording; its path is a pipe.</param>
    /// <exception cref="LiveConvException">The form cannot go into a pipe, or there is no standard output.</exception>
    public static PipeTarget Of(RecordingOptions options)
    {
        string path = options.Path;
        if (path == RecordingOptions.StandardOutput && !StandardStreams.IsOutputOpen)
        {
            throw new LiveConvException("standard output is closed: there is nowhere to write to");
        }

        return new PipeTarget(path, options.Container ?? System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            "" or ".Y4M" => RecordContainer.Y4m,
            ".MKV" => RecordContainer.Mkv,
            string other => throw new LiveConvException(
                $"{path} is a named pipe, which takes .y4m or .mkv: what players need of {other.ToLowerInvariant()} is written last"),
        });
    }

    /// <summary>Opens the pipe and writes the head. A named pipe waits for its reader.</summary>
    /// <param name="image">What the images are like.</param>
    /// <param name="rate">The constant rate; null when every frame has its own time.</param>
    /// <exception cref="IOException">It cannot be opened or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public IFrameWriter Open(RecordedFormat image, FrameRate? rate)
    {
        Stream stream = Path == RecordingOptions.StandardOutput
            ? OpenStandardOutput()
            : new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            return Container == RecordContainer.Mkv
                ? new MatroskaWriter(stream, image)
                : new Y4mWriter(stream, image, rate ?? throw new ArgumentNullException(nameof(rate)));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // The console's own stream takes a reader that is gone for one that takes everything.
    private static Stream OpenStandardOutput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
}

using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Creates sources.</summary>
public static class Sources
{
    /// <summary>Creates a source; nothing is opened yet.</summary>
    /// <param name="spec">Which source.</param>
    /// <param name="requested">The requested mode of a camera or the test scene. Ignored for files.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="notices">Receives the notice that the test scene plays because there is no camera.</param>
    /// <param name="stats">Counts a camera's frames that do not reach the reader; may be null.</param>
    /// <returns>The source; the caller opens and disposes it.</returns>
    /// <exception cref="LiveConvException">There is no such source; the message says what to do.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The test scene cannot have that size or rate.</exception>
    public static IFrameSource Create(SourceSpec spec, SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats = null)
    {
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notices);
        return spec.Kind switch
        {
            SourceKind.Auto => CameraOrScene(requested, time, notices, stats),
            SourceKind.Test => Scene(requested, time),
            SourceKind.Camera => CameraCatalog.Source(spec.Value.Length == 0 ? null : spec.Value, requested, time, stats, notices),
            SourceKind.Url => new FFmpegSource(FFmpegInput.Url(spec.Value), requested, FFmpegTool.Require("reading an address"), time),
            SourceKind.StandardInput => new Y4mSource("standard input", Console.OpenStandardInput(), requested, time),
            _ => PlainFile(spec.Value, requested, time),
        };
    }

    private static IFrameSource PlainFile(string path, SourceMode requested, TimeProvider time)
    {
        InputFile.Check(path);
        return Path.GetExtension(path).Equals(".y4m", StringComparison.OrdinalIgnoreCase)
            ? new Y4mSource(path, requested, time)
            : new FFmpegSource(FFmpegInput.File(path), requested, FFmpegTool.Require($"reading {Path.GetFileName(path)}"), time);
    }

    private static TestScene Scene(SourceMode requested, TimeProvider time) => new(
        requested.Width ?? TestScene.DefaultWidth,
        requested.Height ?? TestScene.DefaultHeight,
        requested.Fps ?? TestScene.DefaultFps,
        time);

    private static IFrameSource CameraOrScene(SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats)
    {
        if (CameraCatalog.Any(out string? problem))
        {
            return CameraCatalog.Source(null, requested, time, stats, notices);
        }

        if (problem is null)
        {
            notices.Info("no camera found: playing the test scene");
        }
        else
        {
            notices.Warn($"{problem}. Playing the test scene");
        }

        return Scene(requested, time);
    }
}

using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Makes the source that somebody asked for.</summary>
public static class Sources
{
    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="spec">What was asked for.</param>
    /// <param name="wishes">Size and rate that the test scene takes and a camera is asked for. Files are as they are.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="notices">Where it is told that the test scene plays because there is no camera.</param>
    /// <returns>The source; the caller opens and disposes it.</returns>
    /// <exception cref="LiveConvException">There is no such source; the message says what to do.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The test scene cannot have that size or rate.</exception>
    public static IFrameSource Create(SourceSpec spec, SourceMode wishes, TimeProvider time, Notices notices)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notices);
        return spec.Kind switch
        {
            SourceKind.Auto => CameraOrScene(wishes, time, notices),
            SourceKind.Test => Scene(wishes, time),
            SourceKind.Camera => Camera(spec.Value, wishes, time),
            SourceKind.Url => new FFmpegSource(FFmpegInput.Url(spec.Value), wishes, FFmpegTool.Need("reading an address"), time),
            SourceKind.StandardInput => new Y4mSource("standard input", Console.OpenStandardInput(), wishes, time),
            _ => PlainFile(spec.Value, wishes, time),
        };
    }

    private static IFrameSource PlainFile(string path, SourceMode wishes, TimeProvider time)
    {
        InputFile.Check(path);
        return Path.GetExtension(path).Equals(".y4m", StringComparison.OrdinalIgnoreCase)
            ? new Y4mSource(path, wishes, time)
            : new FFmpegSource(FFmpegInput.File(path), wishes, FFmpegTool.Need($"reading {Path.GetFileName(path)}"), time);
    }

    private static TestScene Scene(SourceMode wishes, TimeProvider time) => new(
        wishes.Width ?? TestScene.DefaultWidth,
        wishes.Height ?? TestScene.DefaultHeight,
        wishes.Fps ?? TestScene.DefaultFps,
        time);

    private static IFrameSource CameraOrScene(SourceMode wishes, TimeProvider time, Notices notices)
    {
        if (FFmpegCameras.First() is not { } camera)
        {
            notices.Tell("no camera found: playing the test scene");
            return Scene(wishes, time);
        }

        if (FFmpegTool.Find() is not { } tool)
        {
            notices.Warn($"reading {camera.Name} needs ffmpeg, which was not found ({FFmpegTool.HowToGet}): playing the test scene");
            return Scene(wishes, time);
        }

        return new FFmpegSource(camera.ToInput(wishes), wishes, tool, time);
    }

    private static FFmpegSource Camera(string name, SourceMode wishes, TimeProvider time)
    {
        FFmpegCamera camera = (name.Length == 0 ? FFmpegCameras.First() : FFmpegCameras.Find(name))
            ?? throw new LiveConvException(name.Length == 0
                ? "no camera found: plug one in, or use --source test"
                : $"no camera \"{name}\" found: check the name, or use --source camera for the first one");
        return new FFmpegSource(camera.ToInput(wishes), wishes, FFmpegTool.Need($"reading {camera.Name}"), time);
    }
}

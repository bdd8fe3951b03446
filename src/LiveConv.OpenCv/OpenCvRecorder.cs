using System.Globalization;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>
/// Records the side-by-side image with OpenCV's VideoWriter, for machines without FFmpeg: Motion JPEG in .avi, MPEG-4 in .mp4.
/// These files have no timestamps, so frames are repeated or dropped to keep a constant rate. One thread at a time.
/// </summary>
public sealed class OpenCvRecorder : IMapSink
{
    private const int FramesBetweenSpaceChecks = 50;
    private const long MinSpace = 1 << 20;
    private readonly string path;
    private readonly FrameRate rate;
    private readonly ConstantRate timeline;
    private readonly Notices notices;
    private readonly FrameStats? stats;
    private readonly RecordedFiles? files;
    private readonly string opened;
    private VideoWriter? writer;
    private Mat? gray;
    private Mat? colour;
    private TimeSpan? start;
    private long written;

    /// <summary>Initializes a recorder; the file is created with the first maps.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="fps">The constant rate, such as the measured rate of the source; above 0 and up to 1000.</param>
    /// <param name="notices">Receives the recording's start and end.</param>
    /// <param name="stats">Counts repeated and dropped images; null to count them for the closing notice only.</param>
    /// <param name="files">Lists the file when it starts and ends; may be null.</param>
    /// <param name="opened">Another path of the same file, which OpenCV is given; null for <paramref name="path"/>.</param>
    /// <exception cref="LiveConvException">OpenCV does not load, or cannot write such files.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0, or above 1000.</exception>
    public OpenCvRecorder(
        string path, double fps, Notices notices, FrameStats? stats = null, RecordedFiles? files = null, string? opened = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(notices);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fps, 1000);
        if (!CanWrite(path))
        {
            throw new LiveConvException($"{path}: {AnsiNames.FindFault(Path.GetFullPath(path)) ?? "OpenCV records .avi and .mp4"}");
        }

        OpenCvLibrary.Require();
        this.path = path;
        this.opened = opened ?? path;
        this.notices = notices;
        this.stats = stats;
        this.files = files;
        rate = FrameRate.From(fps);
        timeline = new ConstantRate(rate);
    }

    /// <summary>True if this kind of file can be written.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True for .avi and .mp4, before Windows 10 1903 with a name in the letters of the system's code page.</returns>
    public static bool CanWrite(string path) => FourCcOf(path) is not null && AnsiNames.FindFault(Path.GetFullPath(path)) is null;

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        using (maps)
        {
            Plane<byte> image = maps.SideBySide;
            if (gray is not null && (gray.Cols != image.Width || gray.Rows != image.Height))
            {
                throw new LiveConvException($"the image is now {image.Width}x{image.Height}; {path} cannot hold two sizes and ends here");
            }

            writer ??= OpenWriter(image.Width, image.Height);
            start ??= maps.Frame.MediaTime;
            bool isWritten = timeline.TryMap(maps.Frame.MediaTime - start.Value, out long repeats);
            stats?.CountConstantRate(repeats, isWritten ? 0 : 1);
            if (isWritten)
            {
                Write(repeats);
                Encode(image);
                Write(1);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync()
    {
        if (writer is not null)
        {
            // The writer does not report failures: check the file.
            writer.Release();
            long held = FramesIn(opened);
            if (held < written)
            {
                throw new LiveConvException($"{path} holds {held} of {written} frames: is the disk full?");
            }

            string changes = timeline.Repeated + timeline.Dropped == 0
                ? ""
                : $", {timeline.Repeated} repeated and {timeline.Dropped} dropped to keep the rate";
            notices.Info(string.Create(CultureInfo.InvariantCulture, $"recorded {path} at {rate.Fps:0.##} frames per second{changes}"));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the file and frees OpenCV's memory.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            writer.Dispose();
            files?.End(path);
        }

        gray?.Dispose();
        colour?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? FourCcOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".AVI" => "MJPG",
        ".MP4" => "mp4v",
        _ => null,
    };

    private static long FramesIn(string path)
    {
        using var file = new VideoCapture(path);
        return file.IsOpened() ? (long)file.Get(VideoCaptureProperties.FrameCount) : 0;
    }

    // The writer does not report a full disk.
    private long FreeSpace()
    {
        string full = Path.GetFullPath(path);
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(full)! : Path.GetDirectoryName(full)!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A network folder whose free space is unknown.
            return long.MaxValue;
        }
    }

    private VideoWriter OpenWriter(int width, int height)
    {
        if (width % 2 + height % 2 > 0)
        {
            notices.Info($"{path} loses the last row or column: OpenCV's encoders support even sizes only");
        }

        // Gray encoders fail for some sizes; colour ones do not.
        var made = new VideoWriter(opened, FourCC.FromString(FourCcOf(path)!), rate.Fps, new Size(width, height), isColor: true);
        if (!made.IsOpened())
        {
            made.Dispose();
            if (new FileInfo(path) is { Exists: true, Length: 0 } empty)
            {
                empty.Delete();
            }

            throw new LiveConvException(
                $"OpenCV cannot write images of {width}x{height} to {path}: check the folder, choose another extension (.avi, .mp4), or "
                + "smaller images");
        }

        files?.Begin(path);
        notices.Info($"recording to {path}");
        return made;
    }

    private void Encode(ReadOnlyPlaneView<byte> pixels)
    {
        MatPixels.Fit(ref gray, pixels.Width, pixels.Height).CopyFrom(pixels);
        colour ??= new Mat();
        Cv2.CvtColor(gray!, colour, ColorConversionCodes.GRAY2BGR);
    }

    // Writes the newest image this many times.
    private void Write(long times)
    {
        for (long i = 0; i < times && colour is not null; i++)
        {
            writer!.Write(colour);
            _ = timeline.NextTime();
            if (++written % FramesBetweenSpaceChecks == 0 && FreeSpace() < MinSpace)
            {
                throw new LiveConvException($"{path} ends after {written} frames: the disk is full");
            }
        }
    }
}

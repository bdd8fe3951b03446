using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>An opened VideoCapture, with the requested and granted mode. Used by one thread.</summary>
internal sealed class OpenCvDevice : IDisposable
{
    private const int MaxUncompressedWidth = 640;

    // OpenCV's reader plays series of images at 1 frame per second; this is FFmpeg's rate, which users expect.
    private const double SeriesFps = 25;
    private readonly VideoCapture capture;
    private readonly Mat raw = new();
    private readonly Mat shallow = new();
    private readonly Mat gray = new();
    private TimeSpan? previous;

    private OpenCvDevice(VideoCapture capture) => this.capture = capture;

    /// <summary>OpenCV's backend (V4L2, MSMF, FFMPEG).</summary>
    public string Backend => capture.GetBackendName();

    private double Fps => Backend == "CV_IMAGES" ? SeriesFps : capture.Get(VideoCaptureProperties.Fps);

    /// <summary>Opens a camera or a file.</summary>
    /// <param name="target">The camera or file.</param>
    /// <param name="requested">The requested mode; ignored for a file.</param>
    /// <exception cref="LiveConvException">It does not open.</exception>
    public static OpenCvDevice Open(CaptureTarget target, SourceMode requested)
    {
        var device = new OpenCvDevice(target.Capture());
        try
        {
            if (!device.capture.IsOpened())
            {
                throw new LiveConvException(target.Index is { } index
                    ? $"OpenCV cannot open camera {index}: try another number, or {CameraAccess.OrElse}"
                    : target.IsFile
                    ? $"OpenCV cannot open {target.Shown}: check that it is there, and that it is a video or a series of images"
                    : $"OpenCV cannot open {target.Shown}: check the name, or {CameraAccess.OrElse}");
            }

            if (!target.IsFile)
            {
                device.RequestMode(requested);
            }

            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next image and converts it to 8-bit gray.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="captured">When the image came, in timestamp ticks.</param>
    /// <returns>The image, valid until the next call; null at the end of a file, or when the camera is gone.</returns>
    public Mat? Read(TimeProvider time, out long captured)
    {
        bool came = capture.Grab();
        captured = time.GetTimestamp();
        if (!came || !capture.Retrieve(raw) || raw.Empty())
        {
            return null;
        }

        Mat bytes = ToBytes();
        switch (bytes.Channels())
        {
            case 1:
                return bytes;
            case 4:
                Cv2.CvtColor(bytes, gray, ColorConversionCodes.BGRA2GRAY);
                return gray;
            default:
                Cv2.CvtColor(bytes, gray, ColorConversionCodes.BGR2GRAY);
                return gray;
        }
    }

    /// <summary>The position in the stream of the image that was just read. Call once for each image.</summary>
    public TimeSpan NextPosition()
    {
        // At the end of a video with reordered images OpenCV repeats one time, and for a series it reports none.
        var position = TimeSpan.FromMilliseconds(Math.Max(0, capture.Get(VideoCaptureProperties.PosMsec)));
        if (previous is { } before && position <= before)
        {
            position = before + TimeSpan.FromSeconds(1 / (Fps is > 0 and <= 1000 and var fps ? fps : SeriesFps));
        }

        previous = position;
        return position;
    }

    /// <summary>The mode that is actually delivered, according to an image and the device.</summary>
    public SourceMode Granted(Mat image)
    {
        double fps = Fps;
        return new SourceMode(image.Cols, image.Rows, fps is > 0 and <= 1000 ? Math.Round(fps, 3) : null, FormatName());
    }

    public void Dispose()
    {
        capture.Dispose();
        raw.Dispose();
        shallow.Dispose();
        gray.Dispose();
    }

    // Series of images may have 16 bits.
    private Mat ToBytes()
    {
        if (raw.Depth() == MatType.CV_8U)
        {
            return raw;
        }

        raw.ConvertTo(shallow, MatType.CV_8U, raw.Depth() == MatType.CV_16U ? 1 / 257.0 : 1);
        return shallow;
    }

    // What is not specified is LiveConv's default, not OpenCV's 640x480. V4L2 wants the format first, because a change of format resets
    // the size; DirectShow drops the format when the size changes, so that it is requested again.
    private void RequestMode(SourceMode requested)
    {
        bool hasSize = requested is { Width: not null, Height: not null };
        SourceMode size = hasSize ? requested : SourceMode.CameraDefault;
        string? format = requested.Format ?? (size.Width > MaxUncompressedWidth ? "MJPG" : null);
        Request(format);
        Set(VideoCaptureProperties.FrameWidth, size.Width);
        Set(VideoCaptureProperties.FrameHeight, size.Height);
        Set(VideoCaptureProperties.Fps, requested.Fps ?? SourceMode.CameraDefault.Fps);
        if (FormatName() != format)
        {
            Request(format);
        }

        capture.Set(VideoCaptureProperties.BufferSize, 1);
    }

    private void Request(string? format)
    {
        if (format is { Length: 4 })
        {
            capture.Set(VideoCaptureProperties.FourCC, FourCC.FromString(format));
        }
    }

    private void Set(VideoCaptureProperties property, double? value)
    {
        if (value is { } requested)
        {
            capture.Set(property, requested);
        }
    }

    private string? FormatName()
    {
        int code = (int)capture.Get(VideoCaptureProperties.FourCC);
        string name = string.Concat(Enumerable.Range(0, 4).Select(i => (char)(code >> (8 * i) & 0xFF)));
        return name.All(char.IsAsciiLetterOrDigit) ? name : null;
    }
}

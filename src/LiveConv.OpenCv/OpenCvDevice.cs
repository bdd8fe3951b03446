using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>One opened VideoCapture: asked for a mode, and asked what it granted. Belongs to one thread.</summary>
internal sealed class OpenCvDevice : IDisposable
{
    private const int MaxUncompressedWidth = 640;

    // What OpenCV's reader of single images plays at is 1 a second; FFmpeg's, and what people expect, is this.
    private const double SeriesFps = 25;
    private readonly VideoCapture capture;
    private readonly Mat raw = new();
    private readonly Mat shallow = new();
    private readonly Mat gray = new();
    private TimeSpan? place;

    private OpenCvDevice(VideoCapture capture) => this.capture = capture;

    /// <summary>What OpenCV reads it with (V4L2, MSMF, FFMPEG).</summary>
    public string Backend => capture.GetBackendName();

    private double Fps => Backend == "CV_IMAGES" ? SeriesFps : capture.Get(VideoCaptureProperties.Fps);

    /// <summary>Opens a camera or a file.</summary>
    /// <param name="target">Which.</param>
    /// <param name="requested">The requested mode; a file is as it is.</param>
    /// <exception cref="LiveConvException">It does not open.</exception>
    public static OpenCvDevice Open(CaptureTarget target, SourceMode requested)
    {
        var device = new OpenCvDevice(target.Capture());
        try
        {
            if (!device.capture.IsOpened())
            {
                throw new LiveConvException(target.Index is { } index
                    ? $"OpenCV finds no camera {index}, or another program uses it: try another number, or use --source test"
                    : target.IsFile
                    ? $"OpenCV cannot open {target.Text}: check that it is there, and that it is a video or a series of images"
                    : $"OpenCV cannot open {target.Text}: check the name, or that no other program uses the camera");
            }

            if (!target.IsFile)
            {
                device.Ask(requested);
            }

            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next image and makes it 8-bit gray.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="captured">When the image came, in timestamp ticks.</param>
    /// <returns>The image, valid until the next call; null when there are no more, or the camera is gone.</returns>
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

    /// <summary>Where the image that was just read belongs in its stream. Call once for each.</summary>
    public TimeSpan NextPlace()
    {
        // At the end of a video with images out of order OpenCV tells one time again and again, and of a series it tells none.
        var told = TimeSpan.FromMilliseconds(Math.Max(0, capture.Get(VideoCaptureProperties.PosMsec)));
        if (place is { } before && told <= before)
        {
            told = before + TimeSpan.FromSeconds(1 / (Fps is > 0 and <= 1000 and var fps ? fps : SeriesFps));
        }

        place = told;
        return told;
    }

    /// <summary>What is really delivered, told by an image and by the device.</summary>
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

    // The format first: a change of format would set the size back.
    private void Ask(SourceMode requested)
    {
        string? format = requested.Format ?? (requested.Width > MaxUncompressedWidth ? "MJPG" : null);
        if (format is { Length: 4 })
        {
            capture.Set(VideoCaptureProperties.FourCC, FourCC.FromString(format));
        }

        Set(VideoCaptureProperties.FrameWidth, requested.Width);
        Set(VideoCaptureProperties.FrameHeight, requested.Height);
        Set(VideoCaptureProperties.Fps, requested.Fps);
        capture.Set(VideoCaptureProperties.BufferSize, 1);
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

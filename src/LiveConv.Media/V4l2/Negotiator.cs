namespace LiveConv.Media;

/// <summary>
/// Requests the best mode from a device and reads back what it actually delivers: drivers accept one mode and deliver another.
/// </summary>
internal static class Negotiator
{
    private const int MaxTries = 8;

    /// <summary>Sets the best mode that the device accepts unchanged.</summary>
    /// <param name="device">The open device.</param>
    /// <param name="modes">Its modes.</param>
    /// <param name="request">The request.</param>
    /// <param name="canRead">True for formats that can be read here.</param>
    /// <returns>The mode that the device delivers now; null when it is not readable.</returns>
    /// <exception cref="V4l2Exception">The device is busy or gone.</exception>
    public static Granted? Negotiate(
        IVideoDevice device, IReadOnlyList<CameraMode> modes, CameraRequest request, Func<FourCc, bool> canRead)
    {
        Candidate? second = null;
        foreach (Candidate candidate in ModeChooser.Rank(modes, request, canRead).Take(MaxTries))
        {
            if (TryFormat(device, candidate) is not { } got || !canRead(new FourCc(got.PixelFormat)))
            {
                continue;
            }

            if (got.PixelFormat == candidate.Code.Value && got.Width == candidate.Width && got.Height == candidate.Height)
            {
                return ReadBack(device, candidate.Fps ?? request.Fps);
            }

            second ??= candidate;
        }

        if (second is not null)
        {
            _ = TryFormat(device, second);
            return ReadBack(device, second.Fps ?? request.Fps);
        }

        // A driver that lists nothing may still deliver something.
        return modes.Count == 0 && ModeReader.Current(device) is not null
            && ReadBack(device, request.Fps) is { } current && canRead(current.Code)
            ? current
            : null;
    }

    private static ImageFormat? TryFormat(IVideoDevice device, Candidate candidate)
    {
        var format = new Format { Type = Constants.VideoCapture };
        format.Union.Image = new ImageFormat
        {
            Width = (uint)candidate.Width,
            Height = (uint)candidate.Height,
            PixelFormat = candidate.Code.Value,
            Field = Constants.FieldNone,
        };
        Errno errno = device.Control(Requests.SetFormat, ref format);
        if (errno == Errno.Invalid)
        {
            return null;
        }

        V4l2Exception.ThrowIf(errno, "S_FMT");
        return format.Union.Image;
    }

    private static Granted ReadBack(IVideoDevice device, double fps)
    {
        double? granted = SetRate(device, fps);
        var format = new Format { Type = Constants.VideoCapture };
        V4l2Exception.ThrowIf(device.Control(Requests.GetFormat, ref format), "G_FMT");
        return Granted.Of(format.Union.Image, granted);
    }

    // Not every driver supports setting a rate; 0 means unknown.
    private static double? SetRate(IVideoDevice device, double fps)
    {
        var parameters = new StreamParameters { Type = Constants.VideoCapture };
        if (device.Control(Requests.GetParameters, ref parameters) != Errno.None)
        {
            return null;
        }

        if ((parameters.Capability & Constants.CanSetRate) != 0)
        {
            parameters.TimePerFrame = new Fraction { Numerator = 1000, Denominator = (uint)Math.Round(fps * 1000) };
            _ = device.Control(Requests.SetParameters, ref parameters);
            parameters = new StreamParameters { Type = Constants.VideoCapture };
            if (device.Control(Requests.GetParameters, ref parameters) != Errno.None)
            {
                return null;
            }
        }

        double granted = ModeReader.PerSecond(parameters.TimePerFrame);
        return granted > 0 ? Math.Round(granted, 3) : null;
    }
}

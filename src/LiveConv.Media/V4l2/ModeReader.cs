namespace LiveConv.Media;

/// <summary>Reads all modes of a device.</summary>
internal static class ModeReader
{
    // No device has that many; a broken driver with an endless list must not hang the program.
    private const uint Max = 512;

    /// <summary>All modes in the driver's order; empty when it names no format.</summary>
    public static IReadOnlyList<CameraMode> Read(IVideoDevice device)
    {
        var modes = new List<CameraMode>();
        foreach ((FourCc code, string description) in Formats(device))
        {
            AddSizes(device, code, description, modes);
        }

        return modes;
    }

    /// <summary>The codes of its formats, in the driver's order; empty when it names none.</summary>
    public static IReadOnlyList<FourCc> Codes(IVideoDevice device) => [.. Formats(device).Select(format => format.Code)];

    /// <summary>The format that the device is set to; null where there is none, as in a virtual camera that no program feeds.</summary>
    public static FourCc? Current(IVideoDevice device)
    {
        var format = new Format { Type = Constants.VideoCapture };
        return device.Control(Requests.GetFormat, ref format) == Errno.None && format.Union.Image.PixelFormat != 0
            ? new FourCc(format.Union.Image.PixelFormat) : null;
    }

    private static List<(FourCc Code, string Description)> Formats(IVideoDevice device)
    {
        var formats = new List<(FourCc Code, string Description)>();
        for (uint i = 0; i < Max; i++)
        {
            var format = new FormatDescription { Index = i, Type = Constants.VideoCapture };
            if (device.Control(Requests.EnumFormats, ref format) != Errno.None)
            {
                break;
            }

            formats.Add((new FourCc(format.PixelFormat), format.Description.ToString()));
        }

        return formats;
    }

    private static void AddSizes(IVideoDevice device, FourCc code, string description, List<CameraMode> modes)
    {
        int before = modes.Count;
        for (uint i = 0; i < Max; i++)
        {
            var size = new FrameSize { Index = i, PixelFormat = code.Value };
            if (device.Control(Requests.EnumFrameSizes, ref size) != Errno.None)
            {
                break;
            }

            if (RangeOf(size) is { } range)
            {
                modes.Add(new CameraMode(code, description, range, Rates(device, code, range.MaxWidth, range.MaxHeight)));
            }

            if (size.Type != Constants.Discrete)
            {
                break;
            }
        }

        if (modes.Count == before)
        {
            // The driver lists only the format: the supported sizes are found out by requesting one.
            modes.Add(new CameraMode(code, description, SizeRange.Any, []));
        }
    }

    private static SizeRange? RangeOf(in FrameSize size) => size.Type == Constants.Discrete
        ? SizeRange.Between((size.MinWidthOrWidth, size.MaxWidthOrHeight), (size.MinWidthOrWidth, size.MaxWidthOrHeight))
        : SizeRange.Between(
            (size.MinWidthOrWidth, size.MinHeight), (size.MaxWidthOrHeight, size.MaxHeight), size.StepWidth, size.StepHeight);

    private static List<RateRange> Rates(IVideoDevice device, FourCc code, int width, int height)
    {
        var rates = new List<RateRange>();
        for (uint i = 0; i < Max; i++)
        {
            var interval = new FrameInterval { Index = i, PixelFormat = code.Value, Width = (uint)width, Height = (uint)height };
            if (device.Control(Requests.EnumFrameIntervals, ref interval) != Errno.None)
            {
                break;
            }

            bool one = interval.Type == Constants.Discrete;
            double fastest = PerSecond(interval.Min);
            if (RateRange.Between(one ? fastest : PerSecond(interval.Max), fastest) is { } range)
            {
                rates.Add(range);
            }

            if (!one)
            {
                break;
            }
        }

        return [.. rates.OrderByDescending(rate => rate.Max)];
    }

    /// <summary>Rate of an interval; 0 when it is not a number.</summary>
    public static double PerSecond(Fraction interval) =>
        interval.Numerator == 0 || interval.Denominator == 0 ? 0 : (double)interval.Denominator / interval.Numerator;
}

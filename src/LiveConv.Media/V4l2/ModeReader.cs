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
        for (uint i = 0; i < Max; i++)
        {
            var format = new FormatDescription { Index = i, Type = Constants.VideoCapture };
            if (device.Control(Requests.EnumFormats, ref format) != Errno.None)
            {
                break;
            }

            AddSizes(device, new FourCc(format.PixelFormat), format.Description.ToString(), modes);
        }

        return modes;
    }

    private static void AddSizes(IVideoDevice device, FourCc code, string description, List<CameraMode> modes)
    {
        for (uint i = 0; i < Max; i++)
        {
            var size = new FrameSize { Index = i, PixelFormat = code.Value };
            if (device.Control(Requests.EnumFrameSizes, ref size) != Errno.None)
            {
                if (i == 0)
                {
                    // The driver lists only the format: the supported sizes are found out by requesting one.
                    modes.Add(new CameraMode(code, description, SizeRange.Any, []));
                }

                return;
            }

            SizeRange range = RangeOf(size);
            modes.Add(new CameraMode(code, description, range, Rates(device, code, range.MaxWidth, range.MaxHeight)));
            if (size.Type != Constants.Discrete)
            {
                return;
            }
        }
    }

    private static SizeRange RangeOf(in FrameSize size) => size.Type == Constants.Discrete
        ? new SizeRange((int)size.MinWidthOrWidth, (int)size.MaxWidthOrHeight)
        : new SizeRange(
            (int)size.MinWidthOrWidth,
            (int)size.MinHeight,
            (int)size.MaxWidthOrHeight,
            (int)size.MaxHeight,
            Math.Max(1, (int)size.StepWidth),
            Math.Max(1, (int)size.StepHeight));

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
            double slowest = one ? fastest : PerSecond(interval.Max);
            if (fastest > 0)
            {
                rates.Add(new RateRange(slowest, fastest));
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

namespace LiveConv.Media;

/// <summary>Judges a camera by what FFmpeg lists of it.</summary>
internal static class FFmpegVerdict
{
    /// <summary>Judges a camera.</summary>
    /// <param name="device">The camera.</param>
    /// <param name="modes">Its modes; empty when they are not known.</param>
    public static CameraVerdict Of(FFmpegDevice device, IReadOnlyList<CameraMode> modes)
    {
        if (device.HasNoFormat)
        {
            return CameraVerdict.Of(
                CameraRank.Unreadable, device.Name,
                "offers no format now: if it is a virtual camera, start the program that feeds it, else close other programs that use it");
        }

        IEnumerable<FourCc> codes = modes.Count == 0 ? [FourCc.Parse(FFmpegPixelFormats.Any)] : modes.Select(mode => mode.Code);
        CameraVerdict verdict = FormatVerdict.Of(device.Name, codes, modes.Count == 0 ? _ => true : CanRead(modes));
        return verdict.Rank == CameraRank.Good && device.IsVirtual
            ? CameraVerdict.Of(CameraRank.Virtual, device.Name, "is a virtual camera")
            : verdict;
    }

    /// <summary>FFmpeg reads whatever it can name; a sensor's raw data, which nothing has set up, is no image all the same.</summary>
    public static Func<FourCc, bool> CanRead(IReadOnlyList<CameraMode> modes) =>
        code => modes.Any(mode => mode.Code == code && IsReadable(mode));

    /// <summary>The modes that can be requested, with the rates that can.</summary>
    /// <param name="modes">A camera's modes.</param>
    /// <param name="system">FFmpeg's name of the interface.</param>
    public static IReadOnlyList<CameraMode> Requestable(IReadOnlyList<CameraMode> modes, string system)
    {
        IEnumerable<CameraMode> readable = modes.Where(IsReadable);

        // Of a range, FFmpeg's avfoundation accepts only the highest rate; where none is stated, none can be requested.
        return system == AvFoundation.Format ? [.. readable.Select(mode => mode with { Rates = HighestOf(mode.Rates) })] : [.. readable];
    }

    private static bool IsReadable(CameraMode mode) =>
        mode.Description != FFmpegPixelFormats.Unnamed && !SensorFormats.IsBayer(mode.Code);

    private static RateRange[] HighestOf(IReadOnlyList<RateRange> rates) =>
        [.. rates.Where(rate => !rate.IsOpen).Select(rate => new RateRange(rate.Max, rate.Max))];
}

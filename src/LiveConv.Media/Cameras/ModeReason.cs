using LiveConv.Media.Luma;
using LiveConv.Media.V4l2;

namespace LiveConv.Media.Cameras;

/// <summary>Says why a camera was not granted what was asked for.</summary>
internal static class ModeReason
{
    /// <summary>What to install so that MJPG can be read.</summary>
    public const string JpegHelp = "to read MJPG install libturbojpeg (Debian, Ubuntu: apt install libturbojpeg0) or ffmpeg";

    /// <summary>One clause, to stand behind the granted mode; null when the wish was met.</summary>
    public static string? Explain(CameraWish wish, Granted granted, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        if (wish.Format is not null && FourCc.Parse(wish.Format) != granted.Code)
        {
            return WhyFormat(FourCc.Parse(wish.Format), granted, modes, canRead);
        }

        bool sameSize = granted.Width == wish.Width && granted.Height == wish.Height;
        bool slow = granted.Fps is { } fps && ModeChooser.Shortfall(fps, wish.Fps) > 0;
        string? reason = !sameSize ? WhySize(wish, modes, canRead) : slow ? WhyRate(wish, granted, modes, canRead) : null;
        return reason;
    }

    private static string WhyFormat(FourCc wished, Granted granted, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        if (modes.All(mode => mode.Code != wished))
        {
            return $"this camera has no {wished}";
        }

        return canRead(wished)
            ? $"the driver gave {granted.Code} in place of {wished}"
            : IsJpeg(wished) ? JpegHelp : $"{wished} cannot be read by LiveConv";
    }

    private static string WhySize(CameraWish wish, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        CameraMode[] ofSize = [.. modes.Where(mode => mode.Size.Nearest(wish.Width, wish.Height) == (wish.Width, wish.Height))];
        string size = FormattableString.Invariant($"{wish.Width}x{wish.Height}");
        if (ofSize.Length == 0)
        {
            return $"this camera has no {size}";
        }

        CameraMode[] readable = [.. ofSize.Where(mode => canRead(mode.Code))];
        if (readable.Length == 0)
        {
            return $"this camera gives {size} only as {Codes(ofSize)}{Help(ofSize, canRead)}";
        }

        double max = readable.SelectMany(mode => mode.Rates).Select(rate => rate.Max).DefaultIfEmpty().Max();
        return max > 0 && ModeChooser.Shortfall(max, wish.Fps) > 0
            ? FormattableString.Invariant($"at {size} this camera gives at most {max:0.##} fps{Help(ofSize, canRead)}")
            : $"the driver did not take {size}";
    }

    private static string WhyRate(CameraWish wish, Granted granted, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        CameraMode[] ofSize = [.. modes.Where(mode => mode.Size.Nearest(granted.Width, granted.Height) == (granted.Width, granted.Height))];
        CameraMode[] fast = [.. ofSize.Where(mode => mode.Rates.Any(rate => ModeChooser.Shortfall(rate.Max, wish.Fps) == 0))];
        if (fast.Any(mode => mode.Code == granted.Code))
        {
            return FormattableString.Invariant($"the driver lists {wish.Fps:0.##} fps but does not grant it");
        }

        if (fast.Length > 0)
        {
            return FormattableString.Invariant($"this camera gives {wish.Fps:0.##} fps only as {Codes(fast)}{Help(fast, canRead)}");
        }

        double max = ofSize.SelectMany(mode => mode.Rates).Select(rate => rate.Max).Append(granted.Fps ?? 0).Max();
        return FormattableString.Invariant($"this camera gives at most {max:0.##} fps at {granted.Width}x{granted.Height}");
    }

    private static string Codes(IEnumerable<CameraMode> modes) => string.Join(" or ", modes.Select(mode => mode.Code.ToString()).Distinct());

    private static string Help(IEnumerable<CameraMode> modes, Func<FourCc, bool> canRead) =>
        modes.Any(mode => IsJpeg(mode.Code) && !canRead(mode.Code)) ? $" ({JpegHelp})" : "";

    private static bool IsJpeg(FourCc code) => JpegFormats.Contains(code);
}

namespace LiveConv.Media;

/// <summary>Explains why a camera did not grant the requested mode.</summary>
internal static class ModeReason
{
    /// <summary>What to install so that MJPG can be read.</summary>
    public const string JpegHelp = "to read MJPG install libturbojpeg (Debian, Ubuntu: apt install libturbojpeg0) or ffmpeg";

    /// <summary>One clause to append to the granted mode; null when the request was met.</summary>
    public static string? Explain(CameraRequest request, Granted granted, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        if (request.Format is not null && FourCc.Parse(request.Format) != granted.Code)
        {
            return WhyFormat(FourCc.Parse(request.Format), granted, modes, canRead);
        }

        bool sameSize = granted.Width == request.Width && granted.Height == request.Height;
        bool slow = granted.Fps is { } fps && ModeChooser.Shortfall(fps, request.Fps) > 0;
        string? reason = !sameSize ? WhySize(request, modes, canRead) : slow ? WhyRate(request, granted, modes, canRead) : null;
        return reason;
    }

    private static string WhyFormat(FourCc requested, Granted granted, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        if (modes.All(mode => mode.Code != requested))
        {
            return $"this camera has no {requested}";
        }

        return canRead(requested)
            ? $"the driver delivers {granted.Code} in place of {requested}"
            : IsJpeg(requested) ? JpegHelp : $"{requested} cannot be read by LiveConv";
    }

    private static string WhySize(CameraRequest request, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        CameraMode[] ofSize = [.. modes.Where(mode => mode.Size.Nearest(request.Width, request.Height) == (request.Width, request.Height))];
        string size = FormattableString.Invariant($"{request.Width}x{request.Height}");
        if (ofSize.Length == 0)
        {
            return $"this camera has no {size}";
        }

        CameraMode[] readable = [.. ofSize.Where(mode => canRead(mode.Code))];
        if (readable.Length == 0)
        {
            return $"this camera delivers {size} only as {Codes(ofSize)}{Help(ofSize, canRead)}";
        }

        double max = readable.SelectMany(mode => mode.Rates).Select(rate => rate.Max).DefaultIfEmpty().Max();
        return max > 0 && ModeChooser.Shortfall(max, request.Fps) > 0
            ? FormattableString.Invariant($"at {size} this camera delivers at most {max:0.##} fps{Help(ofSize, canRead)}")
            : $"the driver did not accept {size}";
    }

    private static string WhyRate(CameraRequest request, Granted granted, IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead)
    {
        CameraMode[] ofSize = [.. modes.Where(mode => mode.Size.Nearest(granted.Width, granted.Height) == (granted.Width, granted.Height))];
        CameraMode[] fast = [.. ofSize.Where(mode => mode.Rates.Any(rate => ModeChooser.Shortfall(rate.Max, request.Fps) == 0))];
        if (fast.Any(mode => mode.Code == granted.Code))
        {
            return FormattableString.Invariant($"the driver lists {request.Fps:0.##} fps but does not grant it");
        }

        if (fast.Length > 0)
        {
            return FormattableString.Invariant($"this camera delivers {request.Fps:0.##} fps only as {Codes(fast)}{Help(fast, canRead)}");
        }

        double max = ofSize.SelectMany(mode => mode.Rates).Select(rate => rate.Max).Append(granted.Fps ?? 0).Max();
        return FormattableString.Invariant($"this camera delivers at most {max:0.##} fps at {granted.Width}x{granted.Height}");
    }

    private static string Codes(IEnumerable<CameraMode> modes) =>
        string.Join(" or ", modes.Select(mode => mode.Code.ToString()).Distinct());

    private static string Help(IEnumerable<CameraMode> modes, Func<FourCc, bool> canRead) =>
        modes.Any(mode => IsJpeg(mode.Code) && !canRead(mode.Code)) ? $" ({JpegHelp})" : "";

    private static bool IsJpeg(FourCc code) => JpegFormats.Contains(code);
}

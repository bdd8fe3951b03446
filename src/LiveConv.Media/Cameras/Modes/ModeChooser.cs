namespace LiveConv.Media;

/// <summary>A mode to request from a camera.</summary>
/// <param name="Code">Pixel format.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Fps">Frames per second; null when the camera does not list its rates.</param>
internal sealed record Candidate(FourCc Code, int Width, int Height, double? Fps);

/// <summary>
/// Ranks a camera's modes by how well they meet a request. Explicit choices come first: an explicit size before any rate, an explicit
/// rate before any size. Without either, a mode must first be fast enough, and then near the default size.
/// </summary>
internal static class ModeChooser
{
    // A user who requests 30 is content with 29.97.
    private const double RateTolerance = 0.02;

    /// <summary>Ranks the modes, the best first.</summary>
    /// <param name="modes">The camera's modes.</param>
    /// <param name="request">The request.</param>
    /// <param name="canRead">True for formats that can be read here.</param>
    /// <returns>Candidates; only of the requested format when the camera has it and it can be read.</returns>
    public static IReadOnlyList<Candidate> Rank(IReadOnlyList<CameraMode> modes, CameraRequest request, Func<FourCc, bool> canRead)
    {
        CameraMode[] readable = [.. modes.Where(mode => canRead(mode.Code))];
        CameraMode[] requested = request.Format is null ? [] : [.. readable.Where(mode => mode.Code == FourCc.Parse(request.Format))];
        return [.. (requested.Length > 0 ? requested : readable)
            .SelectMany(mode => Candidates(mode, request))
            .Distinct()
            .OrderBy(candidate => Cost(candidate, request))];
    }

    /// <summary>The best mode; null when none can be read.</summary>
    public static Candidate? Best(IReadOnlyList<CameraMode> modes, CameraRequest request, Func<FourCc, bool> canRead) =>
        Rank(modes, request, canRead) is [Candidate best, ..] ? best : null;

    /// <summary>How much slower a rate is than requested, from 0 (fast enough) to 1.</summary>
    public static double Shortfall(double fps, double request) =>
        1 - (fps / request) is var missing && missing < RateTolerance ? 0 : missing;

    private static IEnumerable<Candidate> Candidates(CameraMode mode, CameraRequest request)
    {
        (int width, int height) = mode.Size.Nearest(request.Width, request.Height);
        return mode.Rates.Count == 0
            ? [new Candidate(mode.Code, width, height, null)]
            : mode.Rates.Select(rate => new Candidate(mode.Code, width, height, rate.Nearest(request.Fps)));
    }

    private static (double First, double Second, double Third, int Bits, double Excess, int Area) Cost(
        Candidate candidate, CameraRequest request)
    {
        double fps = candidate.Fps ?? request.Fps;
        double slow = Shortfall(fps, request.Fps);
        double size =
            Math.Abs(Math.Log((double)candidate.Width / request.Width)) + Math.Abs(Math.Log((double)candidate.Height / request.Height));
        (double first, double second, double third) = request switch
        {
            { HasExplicitSize: true } => (size, slow, 0),
            { HasExplicitFps: true } => (slow, size, 0),
            _ => (Grade(slow) + (SensorFormats.IsInterFrame(candidate.Code) ? LateImages : 0), size, slow),
        };
        return (first, second, third, BitsPerPixel(candidate.Code), Math.Max(0, fps - request.Fps), -candidate.Width * candidate.Height);
    }

    // Images that build on others come late: those that do not are taken before them down to half the rate, whatever their size.
    private const double LateImages = 2.5;

    // Half the image is too high a price for 29 instead of 25 frames per second: similar rates are graded equally.
    private static double Grade(double shortfall) => shortfall switch
    {
        0 => 0,
        <= 0.2 => 1,
        <= 0.5 => 2,
        _ => 3,
    };

    // Fewer bytes on the bus are better; compressed images cost decoding and are not exact, and those that build on others come late too.
    private static int BitsPerPixel(FourCc code) => LumaFormats.Find(code)?.BitsPerPixel ?? (SensorFormats.IsInterFrame(code) ? 200 : 100);
}

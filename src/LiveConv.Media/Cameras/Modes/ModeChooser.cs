namespace LiveConv.Media;

/// <summary>One thing to ask a camera for.</summary>
/// <param name="Code">Pixel format.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Fps">Frames per second; null when the camera does not say what it can.</param>
internal sealed record Candidate(FourCc Code, int Width, int Height, double? Fps);

/// <summary>
/// Orders what a camera offers by how well it meets a request. What the user said comes first: a said size before any rate, a said
/// rate before any size. Where nothing is said, a mode must be fast enough first, and then near the default size.
/// </summary>
internal static class ModeChooser
{
    // 29.97 is 30 to everybody but a computer.
    private const double RateTolerance = 0.02;

    /// <summary>The best first.</summary>
    /// <param name="modes">What the camera offers.</param>
    /// <param name="request">What is requested.</param>
    /// <param name="canRead">Which formats can be read here.</param>
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

    /// <summary>The best of all; null when nothing can be read.</summary>
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
            { FpsSaid: true } => (slow, size, 0),
            _ => (Grade(slow), size, slow),
        };
        return (first, second, third, BitsPerPixel(candidate.Code), Math.Max(0, fps - request.Fps), -candidate.Width * candidate.Height);
    }

    // Nobody trades half the image for 29 instead of 25 frames per second: rates that feel alike count alike.
    private static double Grade(double shortfall) => shortfall switch
    {
        0 => 0,
        <= 0.2 => 1,
        <= 0.5 => 2,
        _ => 3,
    };

    // Fewer bytes on the bus are better; compressed images cost decoding and are not exact, so they come last.
    private static int BitsPerPixel(FourCc code) => LumaFormats.Find(code)?.BitsPerPixel ?? 100;
}

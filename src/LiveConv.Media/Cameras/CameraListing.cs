namespace LiveConv.Media;

/// <summary>A camera as listed for the user.</summary>
/// <param name="Number">The number for <c>--source camera:</c>; on Linux that of its node.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bus">Where it is attached, as the system describes it.</param>
/// <param name="Identity">An identity that stays the same when it is plugged in elsewhere.</param>
/// <param name="Node">Its device node; null where the system has none.</param>
/// <param name="Formats">Its formats, in the device's order.</param>
/// <param name="Problem">
/// What is wrong with it (no permission, no program feeds it, no format can be read), or why others are preferred to it (no colour, a
/// virtual camera); null for a good camera.
/// </param>
public sealed record CameraListing(
    int Number,
    string Name,
    string Bus,
    string Identity,
    string? Node,
    IReadOnlyList<CameraFormatListing> Formats,
    string? Problem);

/// <summary>One pixel format of a camera.</summary>
/// <param name="Format">Its code, for <c>--format</c>.</param>
/// <param name="Description">The driver's name for it.</param>
/// <param name="Readable">True when LiveConv can read it on this machine.</param>
/// <param name="Sizes">Its sizes.</param>
public sealed record CameraFormatListing(string Format, string Description, bool Readable, IReadOnlyList<CameraSizeListing> Sizes);

/// <summary>One size of a format, or a range of sizes.</summary>
/// <param name="Width">Width in pixels, or the smallest.</param>
/// <param name="Height">Height in pixels, or the smallest.</param>
/// <param name="Largest">The largest size and the steps to it; null for one size.</param>
/// <param name="Fps">Its rates, fastest first; ranges as their two ends. Empty when the device does not list them.</param>
public sealed record CameraSizeListing(int Width, int Height, CameraSizeSteps? Largest, IReadOnlyList<CameraRateListing> Fps);

/// <summary>The upper end of a range of sizes.</summary>
/// <param name="Width">The largest width.</param>
/// <param name="Height">The largest height.</param>
/// <param name="StepWidth">Step from one width to the next.</param>
/// <param name="StepHeight">Step from one height to the next.</param>
public sealed record CameraSizeSteps(int Width, int Height, int StepWidth, int StepHeight);

/// <summary>A rate in frames per second, or a range of rates; the two are equal for one rate.</summary>
/// <param name="Min">The slowest; 0 where the camera states none.</param>
/// <param name="Max">The fastest; null where the camera states none.</param>
public sealed record CameraRateListing(double Min, double? Max);

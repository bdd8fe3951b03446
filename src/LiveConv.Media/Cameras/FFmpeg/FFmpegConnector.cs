using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Opens a camera through FFmpeg, which ends when its camera vanishes and hangs when it is silent: each connection is a new FFmpeg
/// process.
/// </summary>
/// <param name="name">Display name.</param>
/// <param name="find">Finds the camera, with the arguments for a plan; null while it is away.</param>
/// <param name="plan">The requested mode and its arguments.</param>
/// <param name="tool">FFmpeg.</param>
/// <param name="time">The clock that stamps frames.</param>
internal sealed class FFmpegConnector(string name, Func<FFmpegPlan, FFmpegInput?> find, FFmpegPlan plan, FFmpegTool tool, TimeProvider time)
    : ISourceConnector
{
    // Those of dshow and of avfoundation.
    private static readonly string[] RefusedOptions = ["Could not set video options", "is not supported by the device"];
    private bool wasOpen;
    private int refused;

    // Listing the system's cameras also starts FFmpeg, so it is done less often than elsewhere.
    private static readonly RetryTimings Timings =
        new() { Pause = TimeSpan.FromSeconds(1), MaxPauseWhileAway = TimeSpan.FromSeconds(1) };

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public SourceMode Requested => plan.Requested;

    /// <summary>
    /// True on a system that asks the user, in a dialog, before a program reads a camera for the first time: FFmpeg then waits for the
    /// answer.
    /// </summary>
    public bool IsPermissionAsked { get; init; }

    /// <summary>
    /// True where FFmpeg's name for a camera is its place in the list, which may be another's by the time that it is opened: then the list
    /// is looked at once more.
    /// </summary>
    public bool IsAddressPlace { get; init; }

    /// <summary>How long opening may take.</summary>
    public OpenTimings OpenTimings { get; init; } = new();

    /// <summary>Receives the hint that the system may be asking; may be null.</summary>
    public Notices? Notices { get; init; }

    /// <summary>Creates a source that opens its camera through FFmpeg and reconnects to it; nothing is started yet.</summary>
    /// <param name="name">Display name.</param>
    /// <param name="find">Finds the camera, with the arguments for a plan; null while it is away.</param>
    /// <param name="plan">The requested mode and its arguments.</param>
    /// <param name="tool">FFmpeg.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <param name="time">The clock that stamps frames.</param>
    /// <param name="isAddressPlace">As for <see cref="IsAddressPlace"/>.</param>
    public static ReconnectingSource Source(
        string name, Func<FFmpegPlan, FFmpegInput?> find, FFmpegPlan plan, FFmpegTool tool, Notices? notices, TimeProvider time,
        bool isAddressPlace = false) =>
        new(
            new FFmpegConnector(name, find, plan, tool, time)
            {
                IsPermissionAsked = OperatingSystem.IsMacOS(),
                IsAddressPlace = isAddressPlace,
                Notices = notices,
            },
            Timings,
            time,
            notices);

    /// <inheritdoc/>
    public ISourceConnection Open(CancellationToken stop)
    {
        bool mayWait = IsPermissionAsked && !wasOpen;
        using ITimer? hint = mayWait ? HintLater() : null;
        try
        {
            FFmpegInput input = find(plan) ?? throw CameraMessages.Away(name);
            (WatchedSource opened, FFmpegPlan accepted) = OpenAccepted(Attempts(input), mayWait, stop);
            if (IsAddressPlace && find(plan)?.Address != input.Address)
            {
                opened.Dispose();
                throw CameraMessages.Away(name);
            }

            wasOpen = true;
            SourceMode granted = accepted.Granted(opened.Source.Info.Granted);
            return new FFmpegConnection(opened, granted, accepted.Explain(granted));
        }
        catch (LiveConvException e)
        {
            throw new SourceUnavailableException(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // dshow counts intervals in units of 100 ns and prints rates with six digits: the rate that a camera lists can be one that it refuses.
    // Without a request it has the mode's own. Between the ends of a range of sizes dshow does not say which ones its driver has.
    private (FFmpegInput Input, FFmpegPlan Plan)[] Attempts(FFmpegInput input)
    {
        List<(FFmpegInput Input, FFmpegPlan Plan)> attempts = [(input, plan)];
        if (input.WithoutRate() is { } free)
        {
            attempts.Add((free, plan));
        }

        if (plan.OfListedSizes is { } listed && find(listed) is { } sized)
        {
            attempts.Add((sized.WithoutRate() ?? sized, listed));
        }

        return [.. attempts];
    }

    // What was refused once is not tried again when the camera comes back.
    private (WatchedSource Opened, FFmpegPlan Plan) OpenAccepted(
        (FFmpegInput Input, FFmpegPlan Plan)[] attempts, bool mayWait, CancellationToken stop)
    {
        LiveConvException? first = null;
        for (int at = Math.Min(refused, attempts.Length - 1); ; at++)
        {
            try
            {
                WatchedSource opened = Open(attempts[at].Input, attempts[at].Plan, mayWait, stop);
                refused = at;
                return (opened, attempts[at].Plan);
            }
            catch (LiveConvException e) when (RefusedOptions.Any(words => e.Message.Contains(words, StringComparison.Ordinal)))
            {
                first ??= e;
                if (at == attempts.Length - 1)
                {
                    throw first;
                }
            }
        }
    }

    private WatchedSource Open(FFmpegInput input, FFmpegPlan chosen, bool mayWait, CancellationToken stop) => WatchedSource.Open(
        new FFmpegSource(input, plan.Requested, tool, time),
        RetryTimings.ThreeFrames(mayWait ? OpenTimings.Permission : OpenTimings.FirstImage, chosen.Best?.Fps),
        $"{name} delivers no images: unplug it and plug it in again, or "
        + (mayWait ? $"close other programs that use it, or {CameraAccess.OnMac}" : CameraAccess.OrElse),
        stop);

    private ITimer HintLater() => time.CreateTimer(
        _ => Notices?.Info($"{name}: if the system asks whether this terminal may use the camera, allow it"),
        null,
        OpenTimings.PermissionHint,
        Timeout.InfiniteTimeSpan);
}

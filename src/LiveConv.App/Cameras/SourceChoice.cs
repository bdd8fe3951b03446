using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The source that <c>--source</c> names, for every command: OpenCV's where that was requested or reads the cameras.</summary>
internal static class SourceChoice
{
    /// <summary>Creates it; nothing is opened yet.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="allowsPlaylists">True if a local playlist is followed to files beside it.</param>
    /// <param name="requested">The requested mode.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="notices">Receives what was chosen, and later connection notices.</param>
    /// <param name="stats">Counts frames that do not reach the reader; may be null.</param>
    /// <param name="stop">Ends the search for cameras, and the questions to FFmpeg, now and later.</param>
    /// <exception cref="LiveConvException">There is no such source; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static IFrameSource Create(
        string text, bool allowsPlaylists, SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats = null,
        CancellationToken stop = default) =>
        OpenCvFeature.Source(text, requested, time, notices, stats, stop)
        ?? Sources.Create(
            SourceSpec.Parse(text) with { AllowsPlaylists = allowsPlaylists }, requested, time, notices, stats, stop: stop);
}

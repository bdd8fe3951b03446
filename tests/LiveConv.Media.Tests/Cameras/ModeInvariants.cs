using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>What holds for a camera's modes, whatever its driver states.</summary>
internal static class ModeInvariants
{
    private static readonly CameraRequest[] Requests =
        [new(new SourceMode()), new(new SourceMode(1, 1, 0.1)), new(new SourceMode(16384, 16384, 1000)), new(new SourceMode(640, 480))];

    public static void Assert(IReadOnlyList<CameraMode> modes, int seed)
    {
        foreach (CameraMode mode in modes)
        {
            bool isOrdered = mode.Size is { MinWidth: >= 1, MinHeight: >= 1, StepWidth: >= 1, StepHeight: >= 1 }
                && mode.Size.MinWidth <= mode.Size.MaxWidth && mode.Size.MinHeight <= mode.Size.MaxHeight
                && mode.Size is { MaxWidth: <= 16384, MaxHeight: <= 16384 };
            Xunit.Assert.True(isOrdered, $"seed {seed}: {mode.Size}");
            bool areRates = mode.Rates.All(rate => rate.Min >= 0 && rate.Max > 0 && rate.Min <= rate.Max && rate.Max <= 1e7);
            Xunit.Assert.True(areRates, $"seed {seed}: {mode}");
        }

        foreach (CameraRequest request in Requests)
        {
            foreach (Candidate candidate in ModeChooser.Rank(modes, request, _ => true))
            {
                bool isOffered = modes.Any(mode => mode.Code == candidate.Code
                    && candidate.Width >= mode.Size.MinWidth && candidate.Width <= mode.Size.MaxWidth
                    && candidate.Height >= mode.Size.MinHeight && candidate.Height <= mode.Size.MaxHeight
                    && (candidate.Fps is null || mode.Rates.Any(rate => candidate.Fps >= rate.Min && candidate.Fps <= rate.Max)));
                Xunit.Assert.True(isOffered, $"seed {seed}: {candidate} is not among the modes");
            }
        }
    }
}

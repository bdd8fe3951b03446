using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Tests;

/// <summary>Filters single frames, that belong to no stream.</summary>
internal static class OneFrame
{
    /// <summary>Filters a frame, and takes ownership of the caller's lease on it.</summary>
    public static void Compute(this EdgeMaps maps, Frame frame, Preset preset, WorkerPool workers)
    {
        using var filter = new PresetFilter(workers);
        filter.Apply(frame, preset, maps);
    }
}

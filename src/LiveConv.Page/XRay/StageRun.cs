using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Page;

/// <summary>All stages of a preset at one size: the engine's own layers, one for each stage, so that every map between can be looked at.
/// One thread at a time.</summary>
internal sealed class StageRun : IDisposable
{
    /// <summary>The memory that the maps between may need, in bytes.</summary>
    public const long MaxBytes = 512L << 20;

    private readonly LayerState[] states;

    /// <summary>Allocates all planes.</summary>
    /// <param name="stages">The stages; <see cref="BytesFor"/> within <see cref="MaxBytes"/>.</param>
    public StageRun(PresetStages stages)
    {
        Stages = stages;
        states = new LayerState[stages.Stages.Count];
        for (int i = 0; i < states.Length; i++)
        {
            PresetStage stage = stages.Stages[i];
            states[i] = new LayerState(stage.Step, i == 0, stage.Inputs, stage.Input);
        }
    }

    /// <summary>The stages.</summary>
    public PresetStages Stages { get; }

    /// <summary>The memory of the planes, roughly: those of a stage, and its input once more, padded.</summary>
    public static long BytesFor(PresetStages stages) =>
        stages.Stages.Sum(stage => sizeof(float) * ((Area(stage.Size) * stage.Maps) + (Area(stage.Input) * stage.Inputs)));

    /// <summary>Runs all stages.</summary>
    /// <param name="frames">The frames, counted back in time. Borrowed for the length of the call.</param>
    public void Run(ReadOnlySpan<Plane<byte>> frames)
    {
        states[0].RunFirst(frames, null);
        for (int i = 1; i < states.Length; i++)
        {
            states[i].Run(states[i - 1].Maps, null);
        }
    }

    /// <summary>The maps of a stage, as the last run left them.</summary>
    public Plane<float>[] Maps(int stage) => states[stage].Maps;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LayerState? state in states)
        {
            state?.Dispose();
        }
    }

    private static long Area(ImageSize size) => (long)size.Width * size.Height;
}

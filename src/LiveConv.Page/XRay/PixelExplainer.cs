using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// Says how a value of any map came about, with the engine's own numbers: its border, its sums, and the pixels that it wrote.
/// One thread at a time.
/// </summary>
/// <param name="maps">Where the maps between come from.</param>
internal sealed class PixelExplainer(StageMaps maps) : IDisposable
{
    private readonly PixelSums sums = new();

    /// <summary>Whether a question is about the first convolution: that needs its window only, not the maps between.</summary>
    public bool NeedsOneWindow(ViewedImage image, PixelQuestion question)
    {
        PresetStages stages = maps.StagesOf(image);
        int stage = question.Stage ?? (question.Map is 0 or 1 ? stages.Outputs[question.Map].Stage : 0);
        return stage == 0 && stages.Stages[0].Operation == StageOperation.Convolution;
    }

    /// <summary>Why there is no such pixel, in a few words; null when there is.</summary>
    public static string? WhyNone(PresetStages stages, PixelQuestion question)
    {
        if (Find(stages, question) is not null)
        {
            return null;
        }

        if (Find(stages, question with { X = 0, Y = 0 }) is not var (stage, _))
        {
            return question.Stage is { } asked && asked >= 0 && asked < stages.Stages.Count
                ? $"that layer has {Counted(stages.Stages[asked].Maps, "map")}"
                : $"its preset has {Counted(stages.Stages.Count, "layer")}";
        }

        return $"the map is {stages.Stages[stage].Size}";
    }

    /// <summary>Explains a value.</summary>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    /// <param name="question">Which value.</param>
    /// <returns>The answer, or why there is none.</returns>
    public ExplainedMessage Explain(ViewedImage image, PixelQuestion question)
    {
        PresetStages stages = maps.StagesOf(image);
        if (Find(stages, question) is not var (stage, channel))
        {
            return new ExplainedMessage(null, "there is no such pixel");
        }

        if (!NeedsOneWindow(image, question) && maps.Refuse(image) is { } refusal)
        {
            return new ExplainedMessage(null, refusal);
        }

        PixelAnswer answer = Answer(image, stages, stage, channel, question);
        return IsFinite(answer)
            ? new ExplainedMessage(answer, null)
            : new ExplainedMessage(null, "a number is too large: the preset's weights leave the range of single precision");
    }

    /// <inheritdoc/>
    public void Dispose() => sums.Dispose();

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static (int Stage, int Channel)? Find(PresetStages stages, PixelQuestion question)
    {
        if (question.Stage is null && question.Map is < 0 or > 1)
        {
            return null;
        }

        (int stage, int channel) = question.Stage is { } asked
            ? (asked, question.Map)
            : (stages.Outputs[question.Map].Stage, stages.Outputs[question.Map].Channel);
        bool exists = stage >= 0 && stage < stages.Stages.Count && channel >= 0 && channel < stages.Stages[stage].Maps
            && question.X >= 0 && question.X < stages.Stages[stage].Size.Width
            && question.Y >= 0 && question.Y < stages.Stages[stage].Size.Height;
        return exists ? (stage, channel) : null;
    }

    private static OutputEquation? EquationOf(PresetStage stage, int channel, bool isAcross)
    {
        (int input, int output) = isAcross ? (stage.Input.Width, stage.Size.Width) : (stage.Input.Height, stage.Size.Height);
        StackLayer layer = stage.Step;
        if (layer.Pooling is { } pooling)
        {
            return new OutputEquation(input, 0, 0, 1, pooling.Size, pooling.Stride, output);
        }

        if (stage.Operation != StageOperation.Convolution)
        {
            return null;
        }

        Kernel kernel = layer.Filters[channel].Terms[0].Kernel;
        (int length, int anchor) = isAcross ? (kernel.Width, kernel.AnchorX) : (kernel.Height, kernel.AnchorY);
        return new OutputEquation(
            input,
            layer.Padding ?? (layer.Dilation * anchor),
            layer.Padding ?? (layer.Dilation * (length - 1 - anchor)),
            layer.Dilation,
            length,
            layer.Stride,
            output);
    }

    private static ShownPixel? ShownOf(ViewedImage image, PresetStages stages, int stage, int channel, PixelQuestion question)
    {
        // The same map may be shown twice, with other responses.
        int map = question.Stage is null
            ? question.Map
            : stages.Outputs.ToList().FindIndex(output => (output.Stage, output.Channel) == (stage, channel));
        if (map < 0)
        {
            return null;
        }

        StageOutput output = stages.Outputs[map];
        Plane<byte> plane = map == 0 ? image.Vertical : image.Horizontal;
        return new ShownPixel(map, output.Gain, output.Response, plane.Row(question.Y)[question.X]);
    }

    private static bool IsFinite(PixelAnswer answer) =>
        float.IsFinite(answer.Result)
        && answer.Terms.All(term => AreFinite(term.Patch) && AreFinite(term.Window) && AreFinite(term.Products ?? []));

    private static bool AreFinite(float[][] rows) => rows.All(row => row.All(float.IsFinite));

    private PixelAnswer Answer(ViewedImage image, PresetStages stages, int stage, int channel, PixelQuestion question)
    {
        PresetStage its = stages.Stages[stage];
        bool isOneWindow = NeedsOneWindow(image, question);
        StageRun? run = isOneWindow ? null : maps.RunOf(image);
        Func<int, int, int, float> valueAt = stage == 0
            ? (input, row, column) => image.Frames[input].Row(row)[column]
            : (input, row, column) => run!.Maps(stage - 1)[input].Row(row)[column];
        return new PixelAnswer(
            image.Number,
            stage,
            channel,
            question.X,
            question.Y,
            [.. stages.Stages.Select(StageLine.Of)],
            image.Size.Width,
            image.Size.Height,
            its.Input.Width,
            its.Input.Height,
            new TermBuilder(its, valueAt).Terms(channel, question.X, question.Y),
            its.Operation == StageOperation.Convolution ? its.Step.Filters[channel].Bias : 0,
            its.Step.Threshold,
            isOneWindow
                ? sums.Of(stages, channel, image.Frames, question.X, question.Y)
                : run!.Maps(stage)[channel].Row(question.Y)[question.X],
            ShownOf(image, stages, stage, channel, question),
            image.Preset.Operation,
            TermBuilder.BorderOf(its),
            EquationOf(its, channel, isAcross: true),
            EquationOf(its, channel, isAcross: false),
            ReceptiveField.Of(stages.Stages, stage, channel, question.X, question.Y));
    }
}

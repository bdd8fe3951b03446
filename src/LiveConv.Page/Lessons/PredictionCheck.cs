using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>Finds the right answer of a step: the one that the lesson names, or the one whose value the engine's is nearest to.</summary>
/// <param name="images">Where the maps are that are measured.</param>
/// <param name="thumbnails">Where the maps of a preset are that is not in use: a page that only looks on cannot choose it.</param>
/// <param name="presets">The presets that a step may name.</param>
/// <param name="lessons">The lessons.</param>
internal sealed class PredictionCheck(
    LatestImage images, Thumbnails thumbnails, IReadOnlyList<Preset> presets, IReadOnlyList<LessonPlan> lessons)
{
    /// <summary>Says what came of a prediction.</summary>
    public PredictedMessage Answer(Prediction prediction)
    {
        LessonStep? step = lessons.FirstOrDefault(lesson => lesson.Id == prediction.Lesson)?.Steps.ElementAtOrDefault(prediction.Step);
        if (step is null || prediction.Answer < 0 || prediction.Answer >= step.Answers.Count)
        {
            return PredictedMessage.Refuse(prediction, PredictionRefusal.NoStep);
        }

        if (step.Measure is not { } measure)
        {
            return new PredictedMessage(prediction.Lesson, prediction.Step, prediction.Answer, step.Right!.Value, null, null);
        }

        Measured measured = Measure(step, measure);
        return measured.Refused is { } refused
            ? PredictedMessage.Refuse(prediction, refused)
            : new PredictedMessage(
                prediction.Lesson, prediction.Step, prediction.Answer, Nearest(step.Answers, measured.Value), measured.Value, null);
    }

    private static int Nearest(IReadOnlyList<LessonAnswer> answers, double value)
    {
        int nearest = 0;
        for (int i = 1; i < answers.Count; i++)
        {
            nearest = Math.Abs(answers[i].Value!.Value - value) < Math.Abs(answers[nearest].Value!.Value - value) ? i : nearest;
        }

        return nearest;
    }

    private Measured Measure(LessonStep step, LessonMeasure measure)
    {
        if (measure.IsOfMicroscope())
        {
            // A size is that of any image; a value is asked of the step's own.
            MicroscopeRequest request = MicroscopeSettings.Of(step.Microscope!);
            int[][] image = request.Image ?? [.. Enumerable.Range(0, request.Height).Select(_ => new int[request.Width])];
            MicroscopeMessage seen = Microscope.Answer(request, image);
            return seen.Refused is null && OfMicroscope(request, seen, measure) is { } value
                ? new Measured(value) : new Measured(0, PredictionRefusal.NoOutput);
        }

        return step.Preset is { } wanted && images.Preset is { } inUse && inUse.Id != wanted
            ? OfAnotherPreset(wanted, measure)
            : images.Read((maps, _) => OfMaps(maps, measure)) ?? new Measured(0, PredictionRefusal.NoImage);
    }

    private Measured OfAnotherPreset(string id, LessonMeasure measure) =>
        (presets.FirstOrDefault(preset => preset.Id == id) is { } preset
            ? thumbnails.Look(preset, maps => OfMaps(maps, measure)).Seen
            : null) ?? new Measured(0, PredictionRefusal.NoPreset);

    private static double? OfMicroscope(MicroscopeRequest request, MicroscopeMessage seen, LessonMeasure measure) => measure switch
    {
        LessonMeasure.LearnedError => LearnedKernel.ErrorOf(request, seen),
        LessonMeasure.OutputWidth => seen.Horizontally!.Out,
        LessonMeasure.OutputHeight => seen.Vertically!.Out,
        _ => seen.Value,
    };

    private static Measured OfMaps(EdgeMaps maps, LessonMeasure measure)
    {
        (Plane<byte> left, Plane<byte> right, Plane<byte> image) = (maps.Vertical, maps.Horizontal, maps.Frame.Luma);
        double sum = Mean(left) + Mean(right);
        return measure switch
        {
            LessonMeasure.LeftBrightness => new Measured(Mean(left)),
            LessonMeasure.RightBrightness => new Measured(Mean(right)),
            LessonMeasure.LeftScale => new Measured((double)left.Width / image.Width),
            LessonMeasure.RightScale => new Measured((double)right.Width / image.Width),
            _ => sum > 0 ? new Measured(Mean(left) / sum) : new Measured(0, PredictionRefusal.Black),
        };
    }

    private static double Mean(Plane<byte> map)
    {
        long sum = 0;
        for (int y = 0; y < map.Height; y++)
        {
            foreach (byte pixel in map.Row(y))
            {
                sum += pixel;
            }
        }

        return (double)sum / ((long)map.Width * map.Height);
    }

    // What was measured, or why nothing could be.
    private sealed record Measured(double Value, PredictionRefusal? Refused = null);
}

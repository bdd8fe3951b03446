using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>Finds the right answer of a step: the one that the lesson names, or the one whose value the engine's is nearest to.</summary>
/// <param name="images">Where the maps are that are measured.</param>
/// <param name="lessons">The lessons.</param>
internal sealed class PredictionCheck(LatestImage images, IReadOnlyList<LessonPlan> lessons)
{
    /// <summary>Says what came of a prediction.</summary>
    public PredictedMessage Answer(Prediction prediction)
    {
        LessonStep? step = lessons.FirstOrDefault(lesson => lesson.Id == prediction.Lesson)?.Steps.ElementAtOrDefault(prediction.Step);
        if (step is null || prediction.Answer < 0 || prediction.Answer >= step.Answers.Count)
        {
            return PredictedMessage.Refuse(prediction, "there is no such step: load the page again");
        }

        if (step.Measure is not { } measure)
        {
            return new PredictedMessage(prediction.Lesson, prediction.Step, prediction.Answer, step.Right!.Value, null, null);
        }

        (double? measured, string? refused) = Measure(step, measure);
        return measured is { } value
            ? new PredictedMessage(prediction.Lesson, prediction.Step, prediction.Answer, Nearest(step.Answers, value), value, null)
            : PredictedMessage.Refuse(prediction, refused!);
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

    private (double? Value, string? Refused) Measure(LessonStep step, LessonMeasure measure)
    {
        if (measure is LessonMeasure.OutputWidth or LessonMeasure.OutputHeight or LessonMeasure.OutputValue)
        {
            // A size is that of any image; a value is asked of the step's own.
            MicroscopeRequest request = MicroscopeSettings.Of(step.Microscope!);
            int[][] image = request.Image ?? [.. Enumerable.Range(0, request.Height).Select(_ => new int[request.Width])];
            MicroscopeMessage seen = Microscope.Answer(request, image);
            return seen.Refused is { } why ? (null, why) : (OfMicroscope(seen, measure), null);
        }

        return images.Read<(double? Value, string? Refused)?>((maps, _) => OfMaps(maps, step, measure)) ?? (null, "there is no image yet");
    }

    private static double OfMicroscope(MicroscopeMessage seen, LessonMeasure measure) => measure switch
    {
        LessonMeasure.OutputWidth => seen.Horizontally!.Out,
        LessonMeasure.OutputHeight => seen.Vertically!.Out,
        _ => seen.Value,
    };

    private static (double? Value, string? Refused) OfMaps(EdgeMaps maps, LessonStep step, LessonMeasure measure)
    {
        if (step.Preset is { } wanted && maps.Preset.Id != wanted)
        {
            return (null, $"this is asked of the preset {wanted}: choose it, then answer again");
        }

        (Plane<byte> left, Plane<byte> right, Plane<byte> image) = (maps.Vertical, maps.Horizontal, maps.Frame.Luma);
        double sum = Mean(left) + Mean(right);
        return measure switch
        {
            LessonMeasure.LeftBrightness => (Mean(left), null),
            LessonMeasure.RightBrightness => (Mean(right), null),
            LessonMeasure.LeftScale => ((double)left.Width / image.Width, null),
            LessonMeasure.RightScale => ((double)right.Width / image.Width, null),
            _ => sum > 0 ? (Mean(left) / sum, null)
                : (null, "both maps are black: show the camera something with edges, then answer again"),
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
}

namespace LiveConv.Page;

/// <summary>What came of a prediction.</summary>
/// <param name="Lesson">The lesson's id.</param>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="Answer">The chosen answer's number, from 0.</param>
/// <param name="Right">The right answer's number, from 0; -1 while it cannot be said.</param>
/// <param name="Measured">What was computed to find it; null where nothing is.</param>
/// <param name="Refused">Why it cannot be said now, for the page to word in the lesson's language; null when it can.</param>
internal sealed record PredictedMessage(
    string Lesson, int Step, int Answer, int Right, double? Measured, PredictionRefusal? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "predicted";

    /// <summary>It cannot be said now.</summary>
    public static PredictedMessage Refuse(Prediction prediction, PredictionRefusal why) =>
        new(prediction.Lesson, prediction.Step, prediction.Answer, -1, null, why);
}

/// <summary>Why the right answer cannot be said.</summary>
internal enum PredictionRefusal
{
    /// <summary>The lesson has no such step or answer any more.</summary>
    NoStep,

    /// <summary>There is no image yet.</summary>
    NoImage,

    /// <summary>Both maps are black.</summary>
    Black,

    /// <summary>There is no preset of the step's name, or it makes no maps of this image.</summary>
    NoPreset,

    /// <summary>The step's microscope has no output.</summary>
    NoOutput,
}

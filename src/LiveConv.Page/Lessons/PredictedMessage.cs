namespace LiveConv.Page;

/// <summary>What came of a prediction.</summary>
/// <param name="Lesson">The lesson's id.</param>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="Answer">The chosen answer's number, from 0.</param>
/// <param name="Right">The right answer's number, from 0.</param>
/// <param name="Measured">What was computed to find it; null where nothing is.</param>
/// <param name="Refused">Why it cannot be said now, and what to do; null when it can.</param>
internal sealed record PredictedMessage(string Lesson, int Step, int Answer, int Right, double? Measured, string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "predicted";

    /// <summary>It cannot be said now.</summary>
    public static PredictedMessage Refuse(Prediction prediction, string why) =>
        new(prediction.Lesson, prediction.Step, prediction.Answer, -1, null, why);
}

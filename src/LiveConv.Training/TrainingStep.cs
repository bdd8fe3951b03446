namespace LiveConv.Training;

/// <summary>How training goes on after a step.</summary>
public enum TrainingState
{
    /// <summary>There is more to come.</summary>
    Running,

    /// <summary>All epochs are done.</summary>
    Done,

    /// <summary>The validation loss has not become smaller for as many epochs as the patience.</summary>
    Stopped,

    /// <summary>
    /// The loss is no longer a number, or that of an epoch is more than twice as large as that of guessing: the rate is too high.
    /// </summary>
    Diverged,
}

/// <summary>A step of training: one batch.</summary>
/// <param name="Epoch">Its epoch, from 1.</param>
/// <param name="Batch">The batch, from 1.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="Loss">The mean cross-entropy of the batch, before the step.</param>
/// <param name="Accuracy">The fraction of the batch that was recognised, before the step.</param>
/// <param name="Summary">The epoch's, after its last batch.</param>
/// <param name="State">How it goes on. The network has the best parameters when it does not.</param>
public sealed record TrainingStep(
    int Epoch, int Batch, int Batches, double Loss, double Accuracy, EpochSummary? Summary, TrainingState State);

/// <summary>What an epoch came to.</summary>
/// <param name="Loss">The mean of its batches' losses.</param>
/// <param name="Accuracy">The mean of their accuracies.</param>
/// <param name="ValidationLoss">The mean cross-entropy of the validation examples after it; null when there are none.</param>
/// <param name="ValidationAccuracy">The fraction of them that is recognised; null when there are none.</param>
/// <param name="IsBest">Whether its loss (of validation, where there is one) is the smallest so far.</param>
public sealed record EpochSummary(double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, bool IsBest);

namespace LiveConv.Pipeline;

/// <summary>
/// A source cannot be opened now, or a connection was lost. Never leaves <see cref="ReconnectingSource"/>, which tries again or
/// throws the reason.
/// </summary>
/// <param name="reason">For the user, where it is final.</param>
/// <param name="clause">Why, behind "waiting for NAME", with its colon; empty when the source is simply away.</param>
/// <param name="isTemporary">It ends some day without anything wrong (away, used by another program); else attempts are counted.</param>
/// <param name="needsUser">At the first attempt: trying again cannot help before the user does something.</param>
public sealed class SourceUnavailableException(LiveConvException reason, string clause, bool isTemporary, bool needsUser)
    : Exception(reason?.Message, reason)
{
    /// <summary>A source that is away until it comes back.</summary>
    /// <param name="reason">For the user, at the first attempt.</param>
    public SourceUnavailableException(LiveConvException reason)
        : this(reason, "", isTemporary: true, needsUser: true)
    {
    }

    /// <summary>For the user, where it is final.</summary>
    public LiveConvException Reason { get; } = reason ?? throw new ArgumentNullException(nameof(reason));

    /// <summary>Why, behind "waiting for NAME".</summary>
    public string Clause { get; } = clause;

    /// <summary>It ends some day; else attempts are counted.</summary>
    public bool IsTemporary { get; } = isTemporary;

    /// <summary>Trying again cannot help before the user does something.</summary>
    public bool NeedsUser { get; } = needsUser;
}

namespace LiveConv.Pipeline;

/// <summary>
/// A source cannot be opened now, or a connection was lost. Handled by <see cref="ReconnectingSource"/>, which retries or
/// throws the reason.
/// </summary>
/// <param name="reason">The exception for the user if the failure is final.</param>
/// <param name="clause">The reason, appended to "waiting for NAME", with its colon; empty when the source is simply away.</param>
/// <param name="isTemporary">True if the condition passes by itself (away, in use by another program); otherwise attempts are
/// counted.</param>
/// <param name="needsUser">True if retrying the first attempt cannot help before the user does something.</param>
public sealed class SourceUnavailableException(LiveConvException reason, string clause, bool isTemporary, bool needsUser)
    : Exception(reason?.Message, reason)
{
    /// <summary>Initializes an exception for a source that is away until it comes back.</summary>
    /// <param name="reason">The exception for the user at the first attempt.</param>
    public SourceUnavailableException(LiveConvException reason)
        : this(reason, "", isTemporary: true, needsUser: true)
    {
    }

    /// <summary>The exception for the user if the failure is final.</summary>
    public LiveConvException Reason { get; } = reason ?? throw new ArgumentNullException(nameof(reason));

    /// <summary>The reason, appended to "waiting for NAME".</summary>
    public string Clause { get; } = clause;

    /// <summary>True if the condition passes by itself; otherwise attempts are counted.</summary>
    public bool IsTemporary { get; } = isTemporary;

    /// <summary>True if retrying cannot help before the user does something.</summary>
    public bool NeedsUser { get; } = needsUser;
}

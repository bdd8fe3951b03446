namespace LiveConv;

/// <summary>
/// A failure that the user can understand and act on: the message is one line that says what happened and what to do.
/// The command prints it as it is and exits with 1; anything else that is thrown is a defect of LiveConv.
/// </summary>
public class LiveConvException : Exception
{
    /// <summary>Makes a failure with its line.</summary>
    /// <param name="message">One line: what happened, and what to do.</param>
    public LiveConvException(string message)
        : base(message)
    {
    }

    /// <summary>Makes a failure with its line and its cause.</summary>
    /// <param name="message">One line: what happened, and what to do.</param>
    /// <param name="innerException">The cause, kept for debugging; never shown to the user.</param>
    public LiveConvException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes a failure without a line: the form that every exception has.</summary>
    public LiveConvException()
    {
    }
}

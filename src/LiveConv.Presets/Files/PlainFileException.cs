namespace LiveConv.Presets;

/// <summary>A path is not opened because of what it is: a link that others may have made, a pipe, a device.</summary>
public sealed class PlainFileException : IOException
{
    /// <summary>Makes a refusal.</summary>
    /// <param name="path">The path.</param>
    /// <param name="reason">Why, and what to do.</param>
    public PlainFileException(string path, string reason)
        : base($"{path} {reason}") => Reason = reason;

    /// <summary>Makes a refusal without a path: a form that every exception has.</summary>
    public PlainFileException()
    {
    }

    /// <summary>Makes a refusal without a path: a form that every exception has.</summary>
    /// <param name="message">The message.</param>
    public PlainFileException(string message)
        : base(message)
    {
    }

    /// <summary>Makes a refusal without a path: a form that every exception has.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public PlainFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why, and what to do, without the path: <c>is a named pipe: …</c></summary>
    public string Reason { get; } = "";
}

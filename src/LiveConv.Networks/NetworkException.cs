namespace LiveConv.Networks;

/// <summary>A file that is no network that LiveConv runs. The message is one line that says where and why.</summary>
public sealed class NetworkException : Exception
{
    /// <summary>Whether a height and width in <see cref="NetworkOptions"/> would help.</summary>
    public bool NeedsSize { get; init; }

    /// <summary>Initializes a new instance with no message.</summary>
    public NetworkException()
    {
    }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">The message.</param>
    public NetworkException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with a message and its cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public NetworkException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

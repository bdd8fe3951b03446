namespace LiveConv.Convolution;

/// <summary>A stack is refused: which layer, which of its members, and why.</summary>
public sealed class LayerStackException : ArgumentException
{
    /// <summary>Refuses a stack.</summary>
    /// <param name="member">What is wrong, as a path: <c>layers[2].stride</c>.</param>
    /// <param name="reason">Why.</param>
    public LayerStackException(string member, string reason)
        : base($"{member}: {reason}")
    {
        Member = member;
        Reason = reason;
    }

    /// <summary>For the runtime's sake.</summary>
    public LayerStackException()
    {
    }

    /// <summary>For the runtime's sake.</summary>
    /// <param name="message">The message.</param>
    public LayerStackException(string message)
        : base(message)
    {
    }

    /// <summary>For the runtime's sake.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public LayerStackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What is wrong, as a path: <c>layers[2].stride</c>.</summary>
    public string Member { get; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; } = "";
}

namespace LiveConv.Convolution.Stacks;

/// <summary>The exception for an invalid stack: it names the layer, the member and the reason.</summary>
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

    /// <summary>Initializes a new instance with no message.</summary>
    public LayerStackException()
    {
    }

    /// <summary>Initializes a new instance with no message.</summary>
    /// <param name="message">The message.</param>
    public LayerStackException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with no message.</summary>
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

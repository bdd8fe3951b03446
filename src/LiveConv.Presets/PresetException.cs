namespace LiveConv.Presets;

/// <summary>
/// A file of a preset or a lesson is refused: the message names file, line, path and reason; path and reason also stand alone.
/// </summary>
public sealed class PresetException : LiveConvException
{
    /// <summary>Makes a refusal with its place and reason.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line in it, from 1; null when there is none.</param>
    /// <param name="member">What is wrong, as a path: <c>$.layers[0].stride</c>; null when it is the whole.</param>
    /// <param name="reason">Why.</param>
    public PresetException(string path, long? line, string? member, string reason)
        : base(TextLine.Of($"{Where(path, line, member)}: {reason}"))
    {
        Member = member ?? "$";
        Reason = TextLine.Of(reason);
    }

    /// <summary>Initializes a new instance with no message.</summary>
    public PresetException()
    {
    }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">The message.</param>
    public PresetException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public PresetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What is wrong, as a path: <c>$.layers[0].stride</c>, or <c>$</c> for the whole.</summary>
    public string Member { get; } = "$";

    /// <summary>Why, in one line, without the place.</summary>
    public string Reason { get; } = "";

    private static string Where(string path, long? line, string? member)
    {
        string where = line is null ? path : $"{path}, line {line}";
        return member is null or "$" ? where : $"{where}, {member}";
    }
}

namespace LiveConv.Presets;

/// <summary>A kernel text that cannot be read, or a kernel that another program has no text for. The message is one line.</summary>
public sealed class KernelTextException : Exception
{
    internal KernelTextException(string message)
        : base(message)
    {
    }

    internal KernelTextException(string message, int line, int column)
        : base(line == 1 ? $"column {column}: {message}" : $"line {line}, column {column}: {message}")
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line of the text, from 1; 0 when no single place is wrong.</summary>
    public int Line { get; }

    /// <summary>The column in the line, from 1; 0 when no single place is wrong.</summary>
    public int Column { get; }
}

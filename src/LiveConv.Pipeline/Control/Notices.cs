namespace LiveConv.Pipeline;

/// <summary>One line for the user.</summary>
/// <param name="Text">The line.</param>
/// <param name="IsProblem">True when something went wrong; screens show it in red.</param>
public sealed record Notice(string Text, bool IsProblem)
{
    /// <summary>Makes text one line: names of files and cameras may hold anything, line ends and terminal sequences too.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with a question mark for every control character.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
    }
}

/// <summary>Lines for the user from anywhere in the program; the terminal and every screen listen. Thread-safe.</summary>
public sealed class Notices
{
    /// <summary>A line was posted. Called on the thread that posted it; must not block.</summary>
    public event Action<Notice>? Posted;

    /// <summary>Tells the user something.</summary>
    /// <param name="text">The line.</param>
    public void Info(string text) => Posted?.Invoke(new Notice(Notice.OneLine(text), IsProblem: false));

    /// <summary>Tells the user that something went wrong.</summary>
    /// <param name="text">One line: what happened, and what to do.</param>
    public void Warn(string text) => Posted?.Invoke(new Notice(Notice.OneLine(text), IsProblem: true));
}

namespace LiveConv.Pipeline;

/// <summary>One line for the user.</summary>
/// <param name="Text">The line.</param>
/// <param name="IsProblem">True when something went wrong; screens show it in red.</param>
public sealed record Notice(string Text, bool IsProblem);

/// <summary>Lines for the user from anywhere in the program; the terminal and every screen listen. Thread-safe.</summary>
public sealed class Notices
{
    /// <summary>A line was posted. Called on the thread that posted it; must not block.</summary>
    public event Action<Notice>? Posted;

    /// <summary>Tells the user something.</summary>
    /// <param name="text">The line.</param>
    public void Info(string text) => Posted?.Invoke(new Notice(TextLine.Of(text), IsProblem: false));

    /// <summary>Tells the user that something went wrong.</summary>
    /// <param name="text">One line: what happened, and what to do.</param>
    public void Warn(string text) => Posted?.Invoke(new Notice(TextLine.Of(text), IsProblem: true));
}

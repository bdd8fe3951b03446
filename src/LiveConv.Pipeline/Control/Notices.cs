namespace LiveConv.Pipeline;

/// <summary>A one-line message to the user.</summary>
/// <param name="Text">The message.</param>
/// <param name="IsProblem">True when something went wrong; screens show it in red.</param>
public sealed record Notice(string Text, bool IsProblem);

/// <summary>Messages to the user from anywhere in the program, shown by the terminal and every screen. Thread-safe.</summary>
public sealed class Notices
{
    /// <summary>A message was posted. Called on the thread that posted it; must not block.</summary>
    public event Action<Notice>? Posted;

    /// <summary>Posts information.</summary>
    /// <param name="text">The message.</param>
    public void Info(string text) => Posted?.Invoke(new Notice(TextLine.Of(text), IsProblem: false));

    /// <summary>Posts a warning: something went wrong.</summary>
    /// <param name="text">One line: what happened, and what to do.</param>
    public void Warn(string text) => Posted?.Invoke(new Notice(TextLine.Of(text), IsProblem: true));
}

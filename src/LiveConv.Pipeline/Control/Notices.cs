namespace LiveConv.Pipeline;

/// <summary>A one-line message to the user.</summary>
/// <param name="Text">The message.</param>
/// <param name="IsProblem">True when something went wrong; screens show it in red.</param>
/// <param name="Audience">Who may read it.</param>
public sealed record Notice(string Text, bool IsProblem, Audience Audience = Audience.Presenter);

/// <summary>Who may read a message.</summary>
public enum Audience
{
    /// <summary>Only who started the run: messages may name files of that machine.</summary>
    Presenter,

    /// <summary>Everybody who sees the image.</summary>
    Everybody,

    /// <summary>Who sits at the terminal: the message names its keys, and pages show the same in their own words.</summary>
    Terminal,
}

/// <summary>Messages to the user from anywhere in the program, shown by the terminal and every screen. Thread-safe.</summary>
public sealed class Notices
{
    /// <summary>A message was posted. Called on the thread that posted it; must not block.</summary>
    public event Action<Notice>? Posted;

    /// <summary>Posts information.</summary>
    /// <param name="text">The message.</param>
    /// <param name="audience">Who may read it.</param>
    public void Info(string text, Audience audience = Audience.Presenter) => Post(text, isProblem: false, audience);

    /// <summary>Posts a warning: something went wrong.</summary>
    /// <param name="text">One line: what happened, and what to do.</param>
    /// <param name="audience">Who may read it.</param>
    public void Warn(string text, Audience audience = Audience.Presenter) => Post(text, isProblem: true, audience);

    private void Post(string text, bool isProblem, Audience audience) =>
        Posted?.Invoke(new Notice(TextLine.Of(text), isProblem, audience));
}

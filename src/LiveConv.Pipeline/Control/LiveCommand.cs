namespace LiveConv.Pipeline;

/// <summary>An action, and the preset it is about.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Index">For <see cref="LiveAction.SelectPreset"/>: the preset's position, from 0.</param>
public readonly record struct LiveCommand(LiveAction Action, int Index = 0)
{
    /// <summary>The keys as people are told them: key, then meaning.</summary>
    public static IReadOnlyList<(string Keys, string Meaning)> Help { get; } =
    [
        ("1-9", "preset"),
        ("[ ]", "previous and next preset"),
        ("p Space", "pause"),
        (".", "step one frame"),
        ("r", "record"),
        ("s", "snapshot"),
        ("i", "statistics"),
        ("? h", "help"),
        ("q", "quit"),
    ];

    /// <summary>Reads a key. The same keys work in the terminal, on the page and in a window.</summary>
    /// <param name="key">The character typed.</param>
    /// <returns>What it asks for, or null when the key means nothing.</returns>
    public static LiveCommand? FromKey(char key) => key switch
    {
        'q' or 'Q' => new(LiveAction.Quit),
        'p' or 'P' or ' ' => new(LiveAction.TogglePause),
        '.' => new(LiveAction.Step),
        'r' or 'R' => new(LiveAction.ToggleRecord),
        's' or 'S' => new(LiveAction.Snapshot),
        '[' => new(LiveAction.PreviousPreset),
        ']' => new(LiveAction.NextPreset),
        'i' or 'I' => new(LiveAction.ToggleStatistics),
        '?' or 'h' or 'H' => new(LiveAction.ToggleHelp),
        >= '1' and <= '9' => new(LiveAction.SelectPreset, key - '1'),
        _ => null,
    };
}

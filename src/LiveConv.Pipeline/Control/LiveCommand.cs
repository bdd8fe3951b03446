namespace LiveConv.Pipeline;

/// <summary>An action, with the preset that it refers to.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Index">The zero-based index of the preset for <see cref="LiveAction.SelectPreset"/>.</param>
public readonly record struct LiveCommand(LiveAction Action, int Index = 0)
{
    /// <summary>The list of keys for help texts: key, then meaning.</summary>
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

    /// <summary>Maps a key to its command. The same keys work in the terminal, on the page and in a window.</summary>
    /// <param name="key">The character typed.</param>
    /// <returns>The command, or null for an unassigned key.</returns>
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

using LiveConv.Viewer;

namespace LiveConv.App;

/// <summary>QR codes in a terminal.</summary>
internal static class QrText
{
    // Dark modules on a light ground are what readers expect, whatever the terminal's own colours are.
    private const string Colours = "\u001b[38;5;16;48;5;231m";
    private const string Plain = "\u001b[0m";

    /// <summary>Draws a QR code, two rows of modules a line, with the light margin that readers need.</summary>
    /// <param name="text">What it holds.</param>
    /// <param name="isColoured">
    /// False for half-blocks in the terminal's own colours, without escape sequences: the blocks are then the light modules, as on a dark
    /// terminal.
    /// </param>
    public static IReadOnlyList<string> Of(string text, bool isColoured)
    {
        IReadOnlyList<IReadOnlyList<bool>> rows = QrSquares.Of(text);
        var lines = new List<string>();
        for (int y = 0; y < rows.Count; y += 2)
        {
            IReadOnlyList<bool> upper = rows[y];
            IReadOnlyList<bool>? lower = y + 1 < rows.Count ? rows[y + 1] : null;
            var blocks = string.Concat(Enumerable.Range(0, upper.Count)
                .Select(x => Block(upper[x] == isColoured, (lower?[x] ?? false) == isColoured)));
            lines.Add(isColoured ? Colours + blocks + Plain : blocks);
        }

        return lines;
    }

    private static char Block(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}

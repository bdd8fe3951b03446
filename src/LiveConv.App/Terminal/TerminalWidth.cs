namespace LiveConv.App;

/// <summary>How wide a line may be.</summary>
internal static class TerminalWidth
{
    private const int Usual = 80;

    /// <summary>The terminal's columns; 80 when the output goes elsewhere.</summary>
    public static int Columns => Console.IsOutputRedirected || Console.WindowWidth < 40 ? Usual : Console.WindowWidth;
}

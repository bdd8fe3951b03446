namespace LiveConv.App;

/// <summary>The width available to a line.</summary>
internal static class TerminalWidth
{
    private const int Default = 80;

    /// <summary>The terminal's columns; 80 when the output is redirected.</summary>
    public static int Columns => Console.IsOutputRedirected || Console.WindowWidth < 40 ? Default : Console.WindowWidth;
}

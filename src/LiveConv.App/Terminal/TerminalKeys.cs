using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Reads keys from the terminal that started the program, when standard input is one.</summary>
internal static class TerminalKeys
{
    /// <summary>Listens on a background thread until the process ends.</summary>
    /// <param name="act">Called on that thread for each assigned key.</param>
    public static void Listen(Action<LiveCommand> act)
    {
        if (Console.IsInputRedirected)
        {
            return;
        }

        var listener = new Thread(() => Loop(act)) { IsBackground = true, Name = "terminal keys" };
        listener.Start();
    }

    private static void Loop(Action<LiveCommand> act)
    {
        try
        {
            while (true)
            {
                if (LiveCommand.FromKey(HotKeys.Of(Console.ReadKey(intercept: true).KeyChar)) is { } command)
                {
                    act(command);
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The terminal is gone; the page and the signals are still there.
        }
    }
}

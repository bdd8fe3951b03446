using System.Diagnostics;
using System.Globalization;

namespace LiveConv.App.Tests.Terminal;

/// <summary>Runs the command in a terminal of its own, and types.</summary>
internal static class PseudoTerminal
{
    private const string Script = """
        import os, pty, select, struct, fcntl, termios, sys, time
        columns, keys, awaited = int(sys.argv[1]), sys.argv[2], sys.argv[3].encode()
        child, terminal = pty.fork()
        if child == 0:
            os.execvp(sys.argv[4], sys.argv[4:])
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        output, end, isTyped = b"", time.time() + 50, False
        while time.time() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    part = os.read(terminal, 65536)
                except OSError:
                    break
                if not part:
                    break
                output += part
            elif awaited in output and keys:
                # Again when it was lost: the program may not have been listening yet.
                os.write(terminal, keys.encode())
                time.sleep(0.5)
        else:
            os.kill(child, 9)
        sys.stdout.buffer.write(output)
        sys.stdout.flush()
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)
        """;

    public static void Need()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no pty");
        Skip.IfNot(File.Exists("/usr/bin/python3"), "python3 is not installed");
    }

    /// <summary>Types keys after a text has appeared, until the command ends.</summary>
    /// <param name="keys">What is typed.</param>
    /// <param name="awaited">The text.</param>
    /// <param name="arguments">The command's arguments.</param>
    /// <param name="columns">The width of the terminal.</param>
    /// <param name="change">Changes how it is started, such as its environment; may be null.</param>
    /// <returns>The exit code, and everything that stood in the terminal.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string keys, string awaited, string[] arguments, int columns = 100, Action<ProcessStartInfo>? change = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "liveconv.dll");
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            ["-c", Script, columns.ToString(CultureInfo.InvariantCulture), keys, awaited, "dotnet", program, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["PYTHONUTF8"] = "1";
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("NO_COLOR");
        change?.Invoke(start);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}

using System.Diagnostics;

namespace LiveConv.Wine.Helper;

/// <summary>
/// Answers as FFmpeg did on other machines. The file that FAKE_FFMPEG names has a section for each question:
/// <code>
/// == 1 -list_devices -f dshow      the exit code, and the arguments that the question must have
/// [dshow @ 0000] "Camera" (video)  what is printed on standard error
/// > frames.nut                     a file that goes to standard output, a tenth of it every 0.1 s
/// ~ 60                             a pause, in seconds; a byte is added to FAKE_FFMPEG.alive every 0.1 s
/// </code>
/// The first section that fits answers. Every question is written to FAKE_FFMPEG.log, its arguments between blanks. With FAKE_FFMPEG_SHIM
/// set it only starts the program that answers, as the ffmpeg.exe of some packages does.
/// </summary>
internal static class FakeFFmpeg
{
    private const string Variable = "FAKE_FFMPEG";
    private const string Shim = "FAKE_FFMPEG_SHIM";
    private const string Head = "== ";
    private const int Parts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static int Run(string[] args)
    {
        if (Environment.GetEnvironmentVariable(Shim) is not null)
        {
            return Start(args);
        }

        string script = Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException($"{Variable} is not set");
        using (var log = new FileStream(script + ".log", FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        using (var writer = new StreamWriter(log))
        {
            writer.Write(string.Join(' ', args) + "\n");
        }

        string[] lines = File.ReadAllLines(script);
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith(Head, StringComparison.Ordinal)
                && lines[at][Head.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var code, .. var words]
                && words.All(args.Contains))
            {
                Answer(lines.Skip(at + 1).TakeWhile(line => !line.StartsWith(Head, StringComparison.Ordinal)), script + ".alive");
                return int.Parse(code);
            }
        }

        Print("Error splitting the argument list: Option not found");
        return 1;
    }

    private static int Start(string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, args) { UseShellExecute = false };
        start.Environment.Remove(Shim);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Answer(IEnumerable<string> lines, string alive)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                Send(line[2..]);
            }
            else if (line.StartsWith("~ ", StringComparison.Ordinal))
            {
                Wait(TimeSpan.FromSeconds(int.Parse(line[2..])), alive);
            }
            else
            {
                Print(line);
            }
        }
    }

    private static void Send(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        using Stream output = Console.OpenStandardOutput();
        foreach (byte[] part in bytes.Chunk(Math.Max(1, (bytes.Length + Parts - 1) / Parts)))
        {
            output.Write(part);
            output.Flush();
            Thread.Sleep(Pause);
        }
    }

    private static void Wait(TimeSpan time, string alive)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; Thread.Sleep(Pause))
        {
            using var file = new FileStream(alive, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.WriteByte((byte)'.');
        }
    }

    // As FFmpeg: UTF-8, whatever the console's code page is.
    private static void Print(string line)
    {
        using Stream error = Console.OpenStandardError();
        error.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
    }
}

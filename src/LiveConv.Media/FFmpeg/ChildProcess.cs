using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A child process used through its standard input or output. Its standard error is always read, because it would
/// otherwise block. Ends with <see cref="Dispose"/>, even if it hangs, and with it all programs that it has started. Thread-safe.
/// </summary>
/// <remarks>
/// The program may be a script that starts the real one: what it takes and whether it works is asked of all of them. Only a kill of this
/// process ends a reader's script and not what that has started, which then ends when it writes.
/// </remarks>
internal sealed partial class ChildProcess : IDisposable
{
    private const char Escape = '\x1b';

    // A video with many chapters has a long report.
    private const int MaxNotes = 5000;

    // FFmpeg's own lines end at 1024 characters, names and titles in them before that.
    private const int MaxLineLength = 8192;

    // The reason for a failure is among the last lines.
    private const int LastNotes = 100;
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ErrorTimeout = TimeSpan.FromSeconds(2);
    private static readonly Lazy<string[]> SetParentDeathSignal = new(FindParentDeathSignal);
    private readonly Process process;
    private readonly bool writes;
    private readonly Func<string, bool>? takesLine;
    private readonly object gate = new();
    private readonly List<(string Line, long At)> notes = [];
    private WindowsJob? job;
    private ProcessSession? session;
    private Stream? output;
    private bool isSilent;
    private bool isDisposed;

    private ChildProcess(Process process, bool writes, Func<string, bool>? takesLine)
    {
        this.process = process;
        this.writes = writes;
        this.takesLine = takesLine;
    }

    /// <summary>Its standard output, if it was started for reading.</summary>
    public Stream Output => output!;

    /// <summary>Its standard input, if it was started for writing.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>Its process ID.</summary>
    public int Id { get; private set; }

    /// <summary>True once it has ended, or this was disposed.</summary>
    public bool HasExited
    {
        get
        {
            try
            {
                return process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }
    }

    /// <summary>The processor time so far of it and the programs that it has started; zero when unknown.</summary>
    public TimeSpan WorkTime => OperatingSystem.IsWindows() && job is not null
        ? job.WorkTime
        : new TimeSpan(Sum(static process => process.TotalProcessorTime.Ticks));

    /// <summary>The memory that it and the programs that it has started take, in bytes; zero when unknown.</summary>
    public long Memory => Sum(static process => process.WorkingSet64);

    /// <summary>True while it, or a program that it has started, is running.</summary>
    public bool IsAnyRunning => !HasExited || Members.Any(member => member != Id);

    /// <summary>Whether it, or a program that it has started, has a file open; null where that is unknown.</summary>
    /// <param name="path">The file.</param>
    public bool? HasOpen(string path) => OperatingSystem.IsLinux()
        ? Members.Any(id => NodeUsers.HasOpen("/proc", id, other => FileIdentity.AreKnownSame(other, path)))
        : null;

    /// <summary>Its exit code; 0 means success. Only after it has exited.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The lines on standard error; of very many the first and the last ones.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (gate)
            {
                return [.. notes.Select(note => note.Line)];
            }
        }
    }

    /// <summary>Waits for what a line on standard error reports, which may arrive earlier or later than related output.</summary>
    /// <param name="hasCome">Whether it has arrived; asked again after every line.</param>
    /// <param name="max">The maximum time to wait; it ends sooner with standard error.</param>
    public void WaitFor(Func<bool> hasCome, TimeSpan max)
    {
        long start = Stopwatch.GetTimestamp();
        lock (gate)
        {
            while (!hasCome() && !isSilent && max - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            {
                Monitor.Wait(gate, left);
            }
        }
    }

    /// <summary>Waits for a line on standard error.</summary>
    /// <param name="isIt">Whether a line is the one.</param>
    /// <param name="max">As for <see cref="WaitFor"/>.</param>
    public void WaitForNote(Func<string, bool> isIt, TimeSpan max) =>
        WaitFor(() => notes.Count == MaxNotes || notes.Exists(note => isIt(note.Line)), max);

    /// <summary>How long ago a line appeared on standard error; null when there is none.</summary>
    /// <param name="isIt">Whether a line is the one.</param>
    public TimeSpan? AgeOfNote(Func<string, bool> isIt)
    {
        lock (gate)
        {
            int at = notes.FindIndex(note => isIt(note.Line));
            return at < 0 ? null : Stopwatch.GetElapsedTime(notes[at].At);
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments, each exactly as the program receives it.</param>
    /// <param name="writes">
    /// True to write to its standard input, false to read its standard output. A process that is read from ends with this one, even when
    /// this one is killed while it waits for data; a process that is written to must outlive this one until its file is complete.
    /// </param>
    /// <param name="takesLine">
    /// Receives every line of standard error, on a thread of the pool; true keeps it out of <see cref="Notes"/>. May be null.
    /// </param>
    /// <param name="environment">Variables to set, and with null to remove, in its environment. May be null.</param>
    /// <exception cref="LiveConvException">The program cannot be started.</exception>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, bool writes, Func<string, bool>? takesLine = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] command =
            [.. NewSession.Command, .. writes ? [] : SetParentDeathSignal.Value, program, .. arguments];
        var info = new ProcessStartInfo
        {
            // Ctrl-C goes to every program of the terminal's group. In its own session the encoder does not get it, and
            // ends only when it has encoded all of its input.
            FileName = command[0],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // FFmpeg writes UTF-8; Windows would read it in the console's code page, and lose names and their quotes.
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // A user's setting for terminals, behind which no message would be recognized.
        info.Environment.Remove("AV_LOG_FORCE_COLOR");
        foreach (string argument in command.AsSpan(1))
        {
            info.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            info.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = info }, writes, takesLine);
        child.process.ErrorDataReceived += (_, line) => child.OnStandardError(line.Data);
        child.Start();
        return child;
    }

    /// <summary>Enlarges the pipe for images.</summary>
    /// <param name="imageBytes">The size of an image in bytes.</param>
    public void GrowPipe(long imageBytes) =>
        PipeCapacity.Grow(writes ? process.StandardInput.BaseStream : process.StandardOutput.BaseStream, imageBytes);

    /// <summary>Kills it, and all programs that it has started. Does nothing when they have ended.</summary>
    public void Kill()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                job?.Kill();
            }
            else
            {
                session?.Kill(HasExited);
            }

            // It may not lead its session yet.
            process.Kill(entireProcessTree: job is null && session is null);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself meanwhile, or was never started.
        }
    }

    /// <summary>Waits for its end, and for the rest of its standard error.</summary>
    /// <returns>False if it is still running.</returns>
    public bool WaitForExit(TimeSpan max)
    {
        if (!process.WaitForExit(max))
        {
            return false;
        }

        // A program that it has started may keep standard error open: that is waited for once.
        WaitFor(static () => false, ErrorTimeout);
        lock (gate)
        {
            isSilent = true;
        }

        return true;
    }

    /// <summary>Ends it and releases its resources. Safe to call more than once.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        Kill();
        process.WaitForExit(KillTimeout);

        if (OperatingSystem.IsWindows())
        {
            job?.Dispose();
        }

        process.Dispose();
    }

    private void Start()
    {
        try
        {
            if (writes || SetParentDeathSignal.Value.Length == 0)
            {
                process.Start();
            }
            else
            {
                ProcessLauncherThread.Run(() => process.Start());
            }
        }
        catch (Win32Exception e)
        {
            throw new LiveConvException($"{process.StartInfo.FileName} cannot be started: {e.Message}", e);
        }

        Id = process.Id;
        if (OperatingSystem.IsWindows())
        {
            job = WindowsJob.TryHold(process, endsWithThisProcess: !writes);
        }
        else if (NewSession.Command.Count > 0)
        {
            session = new ProcessSession(Id);
            process.EnableRaisingEvents = true;
            process.Exited += OnExited;
        }

        process.BeginErrorReadLine();
        if (writes)
        {
            process.StandardOutput.Close();
        }
        else
        {
            process.StandardInput.Close();
            output = !OperatingSystem.IsWindows() && process.StandardOutput.BaseStream is PipeStream pipe
                ? new ChildOutput(pipe, () => HasExited)
                : process.StandardOutput.BaseStream;
        }
    }

    private void OnExited(object? sender, EventArgs e)
    {
        if (!OperatingSystem.IsWindows())
        {
            session?.OnLeaderExited();
        }
    }

    private IReadOnlyList<int> Members =>
        (OperatingSystem.IsWindows() ? job?.Members : session?.Members) is { Count: > 0 } members ? members : [Id];

    private long Sum(Func<Process, long> figure) => Members.Sum(id =>
    {
        try
        {
            using var member = Process.GetProcessById(id);
            return figure(member);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended meanwhile.
            return 0;
        }
    });

    // A command that makes the kernel kill the program when this process dies. BusyBox's setpriv cannot; its help shows that.
    private static string[] FindParentDeathSignal()
    {
        if (!OperatingSystem.IsLinux() || Executable.Find("setpriv") is not { } setpriv)
        {
            return [];
        }

        using Process help =
            Process.Start(new ProcessStartInfo(setpriv, ["--help"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        help.ErrorDataReceived += static (_, _) => { };
        help.BeginErrorReadLine();
        bool isSupported = help.StandardOutput.ReadToEnd().Contains("--pdeathsig", StringComparison.Ordinal);
        help.WaitForExit();
        return isSupported ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
    }

    private void OnStandardError(string? raw)
    {
        // What was printed for a terminal is in colours.
        string? cut = raw?.Length > MaxLineLength ? raw[..MaxLineLength] : raw;
        string? line = cut?.Contains(Escape) == true ? Colours().Replace(cut, "") : cut;
        bool isNote = !string.IsNullOrWhiteSpace(line) && takesLine?.Invoke(line) != true;
        lock (gate)
        {
            isSilent |= line is null;
            if (isNote)
            {
                if (notes.Count == MaxNotes)
                {
                    notes.RemoveAt(MaxNotes - LastNotes);
                }

                notes.Add((line!, Stopwatch.GetTimestamp()));
            }

            Monitor.PulseAll(gate);
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colours();
}

using System.ComponentModel;
using System.Diagnostics;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A child process used through its standard input or output. Its standard error is always read, because it would
/// otherwise block. Ends with <see cref="Dispose"/>, even if it hangs. Thread-safe.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    // A video with many chapters has a long report.
    private const int MaxNotes = 5000;
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(2);
    private static readonly string? NewSession = OperatingSystem.IsWindows() ? null : Executable.Find("setsid");
    private static readonly Lazy<string[]> SetParentDeathSignal = new(FindParentDeathSignal);
    private readonly Process process;
    private readonly bool writes;
    private readonly Lock gate = new();
    private readonly List<string> notes = [];
    private string? lastError;
    private bool isDisposed;

    private ChildProcess(Process process, bool writes)
    {
        this.process = process;
        this.writes = writes;
    }

    /// <summary>Its standard output, if it was started for reading.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Its standard input, if it was started for writing.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>Its process ID.</summary>
    public int Id => process.Id;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Its processor time so far; zero when unknown.</summary>
    public TimeSpan WorkTime
    {
        get
        {
            try
            {
                process.Refresh();
                return process.TotalProcessorTime;
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>Its exit code; 0 means success. Only after it has exited.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The last line on standard error that was an error; null when there was none.</summary>
    public string? LastError
    {
        get
        {
            lock (gate)
            {
                return lastError;
            }
        }
    }

    /// <summary>The first lines on standard error.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (gate)
            {
                return [.. notes];
            }
        }
    }

    /// <summary>Waits for a line on standard error, which may arrive earlier or later than related output.</summary>
    /// <param name="words">A part of the line.</param>
    /// <param name="max">The maximum time to wait.</param>
    public void WaitForNote(string words, TimeSpan max) => SpinWait.SpinUntil(
        () =>
        {
            lock (gate)
            {
                return notes.Count == MaxNotes || notes.Exists(line => line.Contains(words, StringComparison.Ordinal));
            }
        },
        max);

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments, each exactly as the program receives it.</param>
    /// <param name="writes">
    /// True to write to its standard input, false to read its standard output. A process that is read from ends with this one, even when
    /// this one is killed while it waits for data; a process that is written to must outlive this one until its file is complete.
    /// </param>
    /// <exception cref="LiveConvException">The program cannot be started.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, bool writes)
    {
        string[] command =
            [.. NewSession is null ? [] : (string[])[NewSession], .. writes ? [] : SetParentDeathSignal.Value, program, .. arguments];
        var info = new ProcessStartInfo
        {
            // Ctrl-C goes to every program of the terminal's group. In its own session the encoder does not get it, and
            // ends only when it has encoded all of its input.
            FileName = command[0],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in command.AsSpan(1))
        {
            info.ArgumentList.Add(argument);
        }

        var child = new ChildProcess(new Process { StartInfo = info }, writes);
        child.process.ErrorDataReceived += (_, line) => child.OnStandardError(line.Data);
        child.Start();
        return child;
    }

    /// <summary>Kills it. Does nothing when it has ended.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
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

        // Only the overload without a limit waits for standard error's end too.
        process.WaitForExit();
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
        if (!process.HasExited)
        {
            Kill();
            process.WaitForExit(KillTimeout);
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

        process.BeginErrorReadLine();
        if (writes)
        {
            process.StandardOutput.Close();
        }
        else
        {
            process.StandardInput.Close();
        }
    }

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

    private void OnStandardError(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (gate)
        {
            if (notes.Count < MaxNotes)
            {
                notes.Add(line);
            }

            foreach (string mark in (ReadOnlySpan<string>)["[error] ", "[fatal] ", "[panic] "])
            {
                int at = line.IndexOf(mark, StringComparison.Ordinal);
                lastError = at < 0 ? lastError : line[(at + mark.Length)..].Trim();
            }
        }
    }
}

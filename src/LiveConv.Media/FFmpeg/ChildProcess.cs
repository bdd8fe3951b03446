using System.ComponentModel;
using System.Diagnostics;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A program that works for us over its standard input or output. What it says on standard error is always read, or it would
/// stop when nobody does. Ends with <see cref="Dispose"/>, however it hangs. Thread-safe.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    // A video with many chapters has a long report.
    private const int MaxNotes = 5000;
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(2);
    private static readonly string? NewSession = OperatingSystem.IsWindows() ? null : Executable.Find("setsid");
    private static readonly Lazy<string[]> SetParentDeathSignal = new(FindDiesWithUs);
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

    /// <summary>Its standard output, when it was started to be read.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Its standard input, when it was started to be written to.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>The number that the system knows it by.</summary>
    public int Id => process.Id;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>How long it kept processors busy so far; zero when that is not known.</summary>
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

    /// <summary>How it ended; 0 means well. Only after it ended.</summary>
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

    /// <summary>Waits until it said something on standard error; that comes by another way than its output, earlier or later.</summary>
    /// <param name="words">What.</param>
    /// <param name="max">How long.</param>
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
    /// <param name="arguments">Its arguments, each exactly as the program shall see it.</param>
    /// <param name="writes">
    /// True to write to its standard input, false to read its standard output. Who only reads for us ends with us, even when we are
    /// killed while it waits for data; who writes for us must outlive us until its file is whole.
    /// </param>
    /// <exception cref="LiveConvException">The program cannot be started.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, bool writes)
    {
        string[] command =
            [.. NewSession is null ? [] : (string[])[NewSession], .. writes ? [] : SetParentDeathSignal.Value, program, .. arguments];
        var info = new ProcessStartInfo
        {
            // Ctrl-C goes to every program of the terminal's group. In a session of its own the encoder does not get it, and
            // ends only when it has encoded everything that it was given.
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

    /// <summary>Ends it at once. Does nothing when it has ended.</summary>
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

    /// <summary>Waits for its end, and for its last word on standard error.</summary>
    /// <returns>False when it still runs.</returns>
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

    /// <summary>Ends it, and forgets it. Safe to call more than once.</summary>
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
            process.WaitForExit(TimeToDie);
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

    // A command that has the kernel kill the program when we die. BusyBox has a setpriv that cannot; its help tells.
    private static string[] FindDiesWithUs()
    {
        if (!OperatingSystem.IsLinux() || Executable.Find("setpriv") is not { } setpriv)
        {
            return [];
        }

        using Process asked =
            Process.Start(new ProcessStartInfo(setpriv, ["--help"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        asked.ErrorDataReceived += static (_, _) => { };
        asked.BeginErrorReadLine();
        bool isAble = asked.StandardOutput.ReadToEnd().Contains("--pdeathsig", StringComparison.Ordinal);
        asked.WaitForExit();
        return isAble ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
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

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveConv.App;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP (the terminal was closed) into a request to stop, and remembers which exit code that means. A second
/// signal ends at once. Signals that come together are one: <c>timeout</c> sends its signal to the program and to its group, and some
/// terminals send two.
/// </summary>
/// <remarks>
/// On Windows, Ctrl-C is SIGINT, Ctrl-Break counts as it too, closing the console is SIGHUP, shutting down is SIGTERM, and logging off
/// counts as it. Windows reports the last two to consoles or to windows: both count.
/// </remarks>
internal sealed partial class Signals : IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(250);

    // Windows ends the process as soon as the handler returns, and five seconds after the event at the latest.
    private static readonly TimeSpan MaxWaitOnWindows = TimeSpan.FromSeconds(4.5);
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration hangUp;
    private readonly PosixSignalRegistration? controlBreak;
    private readonly WindowsLogOff? logOff;
    private readonly WindowsSession? session;
    private readonly ManualResetEventSlim runEnded = new();
    private readonly Action stop;
    private readonly Lock gate = new();
    private int exitCode;
    private long first;

    public Signals(Action stop)
    {
        this.stop = stop;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, App.ExitCode.Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, App.ExitCode.Terminated));
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, App.ExitCode.HungUp));
        if (OperatingSystem.IsWindows())
        {
            controlBreak = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => OnSignal(context, App.ExitCode.Interrupted));
            logOff = new WindowsLogOff(OnSessionEnd);
            session = new WindowsSession(OnSessionEnd);
        }
    }

    /// <summary>130, 143 or 129 after a signal; otherwise null.</summary>
    public int? ExitCode => Volatile.Read(ref exitCode) is var code and not 0 ? code : null;

    /// <summary>Call when the run's files are complete: a console that is being closed waits for this.</summary>
    public void Dispose()
    {
        runEnded.Set();
        interrupt.Dispose();
        terminate.Dispose();
        hangUp.Dispose();
        controlBreak?.Dispose();
        if (OperatingSystem.IsWindows())
        {
            logOff?.Dispose();
            session?.Dispose();
        }
    }

    /// <summary>
    /// A shell script starts its background jobs with SIGINT ignored, and .NET then leaves it ignored. A user who sends SIGINT
    /// to a recording still wants it to end. Must run before anything else: once .NET has its own handler (the
    /// console installs one), this would only remove it.
    /// </summary>
    public static void RestoreDefaultSigint()
    {
        const int Sigint = 2;
        const int Default = 0;
        const int Ignored = 1;
        if (!OperatingSystem.IsWindows() && SetSignal(Sigint, Default) is var before and not (Default or Ignored))
        {
            _ = SetSignal(Sigint, before);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);

    private void OnSignal(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        OnSignal(code);
    }

    private void OnSignal(int code)
    {
        if (IsFirst(code, out bool isTogether))
        {
            stop();
        }
        else if (!isTogether && !IsLast(code))
        {
            Environment.Exit(code);
        }

        if (IsLast(code))
        {
            runEnded.Wait(MaxWaitOnWindows);
        }
    }

    // A console that closes, a session that ends: Windows ends the process when the handler returns. A second one is no impatient user.
    private static bool IsLast(int code) => OperatingSystem.IsWindows() && code != App.ExitCode.Interrupted;

    // The same end may be announced in several ways: none of them is a second request, which would end the run at once.
    private void OnSessionEnd()
    {
        if (IsFirst(App.ExitCode.Terminated, out _))
        {
            stop();
        }

        runEnded.Wait(MaxWaitOnWindows);
    }

    private bool IsFirst(int code, out bool isTogether)
    {
        lock (gate)
        {
            isTogether = exitCode != 0 && Stopwatch.GetElapsedTime(first) <= Together;
            if (exitCode != 0)
            {
                return false;
            }

            first = Stopwatch.GetTimestamp();
            Volatile.Write(ref exitCode, code);
            return true;
        }
    }
}

using System.Runtime.InteropServices;

namespace LiveConv.App;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP (the terminal was closed) into a request to stop, and remembers which exit code that means. A second
/// signal ends at once.
/// </summary>
internal sealed partial class Signals : IDisposable
{
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration hangUp;
    private readonly Action stop;
    private int exitCode;

    public Signals(Action stop)
    {
        this.stop = stop;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, App.ExitCode.Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, App.ExitCode.Terminated));
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, App.ExitCode.HungUp));
    }

    /// <summary>130, 143 or 129 after a signal; otherwise null.</summary>
    public int? ExitCode => Volatile.Read(ref exitCode) is var code and not 0 ? code : null;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        hangUp.Dispose();
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
        if (Interlocked.CompareExchange(ref exitCode, code, 0) != 0)
        {
            Environment.Exit(code);
        }

        stop();
    }
}

using System.Runtime.InteropServices;

namespace LiveConv.App;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP (the terminal was closed) into a wish to stop, and remembers which exit code that means. A second signal ends at once.</summary>
internal sealed partial class Signals : IDisposable
{
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration hangUp;
    private readonly Action stop;
    private int? exitCode;

    public Signals(Action stop)
    {
        this.stop = stop;
        HearInterrupts();
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, App.ExitCode.Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, App.ExitCode.Terminated));
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Take(context, App.ExitCode.HungUp));
    }

    /// <summary>130, 143 or 129 once a signal came.</summary>
    public int? ExitCode => exitCode;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        hangUp.Dispose();
    }

    // A shell script starts its background jobs with SIGINT ignored, and .NET then leaves it ignored. Somebody who sends
    // SIGINT to a recording wants it to end all the same.
    private static void HearInterrupts()
    {
        const int Sigint = 2;
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSignal(Sigint, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);

    private void Take(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        if (exitCode is not null)
        {
            Environment.Exit(code);
        }

        exitCode = code;
        stop();
    }
}

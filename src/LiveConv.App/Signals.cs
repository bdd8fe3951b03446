using System.Runtime.InteropServices;

namespace LiveConv.App;

/// <summary>Turns SIGINT and SIGTERM into a wish to stop, and remembers which exit code that means. A second signal ends at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly Action stop;
    private int? exitCode;

    public Signals(Action stop)
    {
        this.stop = stop;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, App.ExitCode.Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, App.ExitCode.Terminated));
    }

    /// <summary>130 or 143 once a signal came.</summary>
    public int? ExitCode => exitCode;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
    }

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

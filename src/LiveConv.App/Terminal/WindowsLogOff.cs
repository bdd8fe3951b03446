using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveConv.App;

/// <summary>Windows' event of a user who logs off, which .NET has no signal for.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsLogOff : IDisposable
{
    private const uint LogOff = 5; // CTRL_LOGOFF_EVENT
    private const uint BeforeOthers = 0x2FF; // Programs have 0x280 unless they say otherwise; those of higher levels are asked first.
    private readonly Handler handler;

    /// <summary>Starts to wait for the event.</summary>
    /// <param name="onLogOff">Called on a thread of Windows'. The process is ended as soon as it returns.</param>
    public WindowsLogOff(Action onLogOff)
    {
        handler = which =>
        {
            if (which != LogOff)
            {
                return false;
            }

            onLogOff();
            return true;
        };
        _ = SetHandler(handler, true);

        // Its encoder is to be there until the recording is finished.
        _ = SetShutdownOrder(BeforeOthers, 0);
    }

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private delegate bool Handler(uint which);

    public void Dispose()
    {
        _ = SetHandler(handler, false);
        GC.KeepAlive(handler);
    }

    [LibraryImport("kernel32", EntryPoint = "SetProcessShutdownParameters")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetShutdownOrder(uint level, uint flags);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleCtrlHandler")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetHandler(Handler handler, [MarshalAs(UnmanagedType.Bool)] bool adds);
}

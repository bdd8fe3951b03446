using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>
/// Notices the end of the X server. Unasked, Xlib ends the whole process then, in the midst of a recording; asked (since its
/// version 1.7), it only says so, and all further calls of the same thread do nothing.
/// </summary>
internal static unsafe class XConnection
{
    private const string Library = "libX11.so.6";
    private const int SystemX11 = 2;
    private static volatile bool isLost;

    /// <summary>Whether the server of a watched window is gone.</summary>
    public static bool IsLost => isLost;

    /// <summary>Fails when it is gone.</summary>
    /// <exception cref="LiveConvException">The server of a watched window is gone.</exception>
    public static void Check()
    {
        if (isLost)
        {
            throw new LiveConvException("the window is gone, because its display ended: log in again, or use --view page");
        }
    }

    /// <summary>Watches the server that a window is on; does nothing for windows that are on another system.</summary>
    public static void Watch(SdlWindowHandle window)
    {
        // SDL has loaded it already, if the window is X's.
        if (!OperatingSystem.IsLinux() || DisplayOf(window) is not (var display and not 0)
            || !NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, "XSetErrorHandler", out nint setRefused)
            || !NativeLibrary.TryGetExport(library, "XSetIOErrorHandler", out nint setHandler)
            || !NativeLibrary.TryGetExport(library, "XSetIOErrorExitHandler", out nint setExit))
        {
            return;
        }

        _ = ((delegate* unmanaged<delegate* unmanaged<nint, nint, int>, nint>)setRefused)(&OnRefused);
        _ = ((delegate* unmanaged<delegate* unmanaged<nint, int>, nint>)setHandler)(&OnError);
        ((delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, nint, void>)setExit)(display, &OnLost, 0);
    }

    private static nint DisplayOf(SdlWindowHandle window)
    {
        Sdl.GetVersion(out Sdl.Version version);
        var info = new Sdl.WindowManagerInfo { Version = version };
        return Sdl.GetWindowWMInfo(window, ref info) != 0 && info.System == SystemX11 ? info.Display : 0;
    }

    // In place of Xlib's own, which ends the process when the server, or OpenGL without one, refuses a single call.
    [UnmanagedCallersOnly]
    private static int OnRefused(nint display, nint refused) => 0;

    // In place of Xlib's own, which prints three lines.
    [UnmanagedCallersOnly]
    private static int OnError(nint display) => 0;

    // In place of Xlib's own, which ends the process.
    [UnmanagedCallersOnly]
    private static void OnLost(nint display, nint data) => isLost = true;
}

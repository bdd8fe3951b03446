using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>
/// Detects the end of the X server. By default Xlib then ends the whole process, in the middle of a recording; with a handler (since its
/// version 1.7) it only reports that, and all further calls of the same thread do nothing. Detects the end of the window, too.
/// </summary>
internal static unsafe class XConnection
{
    private const string Library = "libX11.so.6";
    private const int SystemX11 = 2;
    private const byte BadWindow = 3;
    private const byte BadDrawable = 9;
    private static volatile bool isLost;
    private static volatile bool isDestroyed;
    private static nuint watched;

    /// <summary>True if the watched window is gone: with its server, or destroyed by another program, which SDL does not report.</summary>
    public static bool IsGone => isLost || isDestroyed;

    /// <summary>Throws when the watched window is gone.</summary>
    /// <exception cref="LiveConvException">It is gone; the message says how.</exception>
    public static void Check()
    {
        if (isLost)
        {
            throw new LiveConvException("the window is gone, because its display ended or cut it off: start again, or use --view page");
        }

        if (isDestroyed)
        {
            throw new LiveConvException("the window is gone, because another program destroyed it: start again, or use --view page");
        }
    }

    /// <summary>Watches the X server of a window; does nothing for other windows.</summary>
    public static void Watch(SdlWindowHandle window)
    {
        // SDL has already loaded Xlib if the window is an X window.
        Sdl.GetVersion(out Sdl.Version version);
        var info = new Sdl.WindowManagerInfo { Version = version };
        if (!OperatingSystem.IsLinux() || Sdl.GetWindowWMInfo(window, ref info) == 0 || info.System != SystemX11
            || !NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, "XSetErrorHandler", out nint setRefused)
            || !NativeLibrary.TryGetExport(library, "XSetIOErrorHandler", out nint setHandler)
            || !NativeLibrary.TryGetExport(library, "XSetIOErrorExitHandler", out nint setExit))
        {
            return;
        }

        watched = info.Window;
        _ = ((delegate* unmanaged<delegate* unmanaged<nint, Refusal*, int>, nint>)setRefused)(&OnRefused);
        _ = ((delegate* unmanaged<delegate* unmanaged<nint, int>, nint>)setHandler)(&OnError);
        ((delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, nint, void>)setExit)(info.Display, &OnLost, 0);
    }

    // Replaces Xlib's handler, which ends the process when the server, or OpenGL without one, refuses a single call.
    [UnmanagedCallersOnly]
    private static int OnRefused(nint display, Refusal* refused)
    {
        isDestroyed |= refused->Code is BadWindow or BadDrawable && refused->Resource == watched;
        return 0;
    }

    // Replaces Xlib's handler, which prints three lines.
    [UnmanagedCallersOnly]
    private static int OnError(nint display) => 0;

    // Replaces Xlib's handler, which ends the process.
    [UnmanagedCallersOnly]
    private static void OnLost(nint display, nint data) => isLost = true;

    /// <summary>The first fields of Xlib's XErrorEvent.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Refusal
    {
        public int Type;
        public nint Display;
        public nuint Resource;
        public nuint Serial;
        public byte Code;
    }
}

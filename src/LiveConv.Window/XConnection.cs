using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>Detects the end of the X server behind SDL's window, and that of the window itself.</summary>
internal static unsafe class XConnection
{
    private const string Library = "libX11.so.6";
    private const int SystemX11 = 2;
    private const byte BadWindow = 3;
    private const byte BadDrawable = 9;
    private static volatile bool isDestroyed;
    private static nuint watched;

    /// <summary>True if the watched window is gone: with its server, or destroyed by another program, which SDL does not report.</summary>
    public static bool IsGone => XServer.IsLost || isDestroyed;

    /// <summary>Throws when the watched window is gone.</summary>
    /// <exception cref="LiveConvException">It is gone; the message says how.</exception>
    public static void Check()
    {
        XServer.Check();
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
            || !XServer.Watch(info.Display))
        {
            return;
        }

        watched = info.Window;
        _ = ((delegate* unmanaged<delegate* unmanaged<nint, Refusal*, int>, nint>)setRefused)(&OnRefused);
    }

    // Replaces Xlib's handler, which ends the process when the server, or OpenGL without one, refuses a single call.
    [UnmanagedCallersOnly]
    private static int OnRefused(nint display, Refusal* refused)
    {
        isDestroyed |= refused->Code is BadWindow or BadDrawable && refused->Resource == watched;
        return 0;
    }

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

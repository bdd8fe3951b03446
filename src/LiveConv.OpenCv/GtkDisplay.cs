using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>The X connection of GTK, which HighGUI's windows have on Linux.</summary>
internal static unsafe class GtkDisplay
{
    private const string Library = "libgdk-3.so.0";

    /// <summary>
    /// Keeps the end of the X server from ending the process. Call after the first window; does nothing without GTK and X.
    /// </summary>
    public static void Watch()
    {
        if (!OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, "gdk_display_get_default", out nint getDefault)
            || !NativeLibrary.TryGetExport(library, "gdk_display_get_name", out nint getName)
            || !NativeLibrary.TryGetExport(library, "gdk_x11_display_get_xdisplay", out nint getConnection))
        {
            return;
        }

        nint display = ((delegate* unmanaged<nint>)getDefault)();
        if (display == 0 || IsWayland(((delegate* unmanaged<nint, nint>)getName)(display)))
        {
            return;
        }

        XServer.Watch(((delegate* unmanaged<nint, nint>)getConnection)(display));
    }

    private static bool IsWayland(nint name) =>
        Marshal.PtrToStringUTF8(name)?.StartsWith("wayland", StringComparison.Ordinal) != false;
}

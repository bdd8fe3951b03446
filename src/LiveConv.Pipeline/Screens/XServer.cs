using System.Runtime.InteropServices;

namespace LiveConv.Pipeline;

/// <summary>
/// Detects the end of the X server. By default Xlib then ends the whole process, in the middle of a recording; with handlers (since its
/// version 1.7) it only reports that, and all further calls of the same thread do nothing.
/// </summary>
public static unsafe class XServer
{
    private const string Library = "libX11.so.6";
    private static volatile bool isLost;

    /// <summary>True if the watched server is gone, or has cut this program off.</summary>
    public static bool IsLost => isLost;

    /// <summary>Throws when the watched server is gone.</summary>
    /// <exception cref="LiveConvException">It is gone; the message says what to do.</exception>
    public static void Check()
    {
        if (isLost)
        {
            throw new LiveConvException("the window is gone, because its display ended or cut it off: start again, or use --view page");
        }
    }

    /// <summary>Watches the server behind a connection. Call after the toolkit has set its own handlers.</summary>
    /// <param name="display">Xlib's <c>Display*</c>.</param>
    /// <returns>False where Xlib is missing or too old: then the process ends with the server.</returns>
    public static bool Watch(nint display)
    {
        if (!NativeLibrary.TryLoad(Library, out nint library)
            || !NativeLibrary.TryGetExport(library, "XSetIOErrorHandler", out nint setHandler)
            || !NativeLibrary.TryGetExport(library, "XSetIOErrorExitHandler", out nint setExit))
        {
            return false;
        }

        _ = ((delegate* unmanaged<delegate* unmanaged<nint, int>, nint>)setHandler)(&OnError);
        ((delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, nint, void>)setExit)(display, &OnLost, 0);
        return true;
    }

    // Replaces Xlib's handler, which prints three lines, or the toolkit's, which ends the process.
    [UnmanagedCallersOnly]
    private static int OnError(nint display) => 0;

    // Replaces Xlib's handler, which ends the process.
    [UnmanagedCallersOnly]
    private static void OnLost(nint display, nint data) => isLost = true;
}

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveConv.OpenCv;

/// <summary>Checks that the display named in the environment exists and accepts this user.</summary>
internal static partial class DisplayServer
{
    /// <summary>Tries X first, as the toolkits behind HighGUI do, then Wayland.</summary>
    public static bool Answers() => (IsSet("DISPLAY") && XAnswers()) || WaylandAnswers();

    private static bool XAnswers()
    {
        try
        {
            nint display = OpenDisplay(null);
            if (display != 0)
            {
                _ = CloseDisplay(display);
            }

            return display != 0;
        }
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    private static bool WaylandAnswers()
    {
        if (!IsSet("WAYLAND_DISPLAY") || !IsSet("XDG_RUNTIME_DIR"))
        {
            return false;
        }

        string path =
            Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")!, Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")!);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    [LibraryImport("libX11.so.6", EntryPoint = "XOpenDisplay", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenDisplay(string? name);

    [LibraryImport("libX11.so.6", EntryPoint = "XCloseDisplay")]
    private static partial int CloseDisplay(nint display);
}

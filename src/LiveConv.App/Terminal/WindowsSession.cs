using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveConv.App;

/// <summary>
/// Reports that a Windows user logs off or shuts down. A program that has loaded user32.dll, as .NET, SDL and OpenCV do, gets no console
/// event for that (Microsoft's page on SetConsoleCtrlHandler): Windows asks its top-level windows. This one is never shown.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsSession : IDisposable
{
    /// <summary>The class of the window, by which it can be found.</summary>
    internal const string ClassName = "LiveConv session";

    private const uint QueryEndSession = 0x11;
    private const uint EndSession = 0x16;
    private const uint Close = 0x10;
    private const uint Destroy = 0x02;
    private static Action? onEnd;
    private readonly Thread thread;
    private nint window;

    /// <summary>Starts to listen. Where no window can be made, nothing is reported.</summary>
    /// <param name="onEndSession">Called on a thread of its own. Windows goes on as soon as it returns.</param>
    public WindowsSession(Action onEndSession)
    {
        onEnd = onEndSession;
        using var ready = new ManualResetEventSlim();
        thread = new Thread(() => Listen(ready)) { IsBackground = true, Name = "session" };
        thread.Start();
        ready.Wait();
    }

    /// <summary>Ends the thread and its window.</summary>
    public void Dispose()
    {
        if (window != 0)
        {
            _ = PostMessage(window, Close, 0, 0);
            thread.Join();
        }

        onEnd = null;
    }

    private void Listen(ManualResetEventSlim ready)
    {
        fixed (char* name = ClassName)
        {
            var description = new WindowClass { Procedure = &Handle, Instance = GetModuleHandle(0), Name = name };
            _ = RegisterClass(&description);
            window = CreateWindow(0, name, name, 0, 0, 0, 0, 0, 0, 0, description.Instance, 0);
        }

        bool isListening = window != 0;
        ready.Set();
        while (isListening && GetMessage(out Message message, 0, 0, 0) > 0)
        {
            _ = DispatchMessage(message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static nint Handle(nint window, uint message, nuint first, nint second)
    {
        switch (message)
        {
            case QueryEndSession:
                return 1;
            case EndSession:
                if (first != 0)
                {
                    onEnd?.Invoke();
                }

                return 0;
            case Destroy:
                PostQuitMessage(0);
                return 0;
            default:
                return DefaultProcedure(window, message, first, second);
        }
    }

    [LibraryImport("user32", EntryPoint = "RegisterClassW")]
    private static partial ushort RegisterClass(WindowClass* description);

    [LibraryImport("user32", EntryPoint = "CreateWindowExW")]
    private static partial nint CreateWindow(
        uint extended, char* name, char* title, uint style, int x, int y, int width, int height, nint parent, nint menu, nint instance,
        nint data);

    [LibraryImport("user32", EntryPoint = "GetMessageW")]
    private static partial int GetMessage(out Message message, nint window, uint first, uint last);

    [LibraryImport("user32", EntryPoint = "DispatchMessageW")]
    private static partial nint DispatchMessage(in Message message);

    [LibraryImport("user32", EntryPoint = "DefWindowProcW")]
    private static partial nint DefaultProcedure(nint window, uint message, nuint first, nint second);

    [LibraryImport("user32", EntryPoint = "PostMessageW")]
    private static partial int PostMessage(nint window, uint message, nuint first, nint second);

    [LibraryImport("user32", EntryPoint = "PostQuitMessage")]
    private static partial void PostQuitMessage(int code);

    [LibraryImport("kernel32", EntryPoint = "GetModuleHandleW")]
    private static partial nint GetModuleHandle(nint name);

    /// <summary>WNDCLASSW.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowClass
    {
        public uint Style;
        public delegate* unmanaged[Stdcall]<nint, uint, nuint, nint, nint> Procedure;
        public int ClassBytes;
        public int WindowBytes;
        public nint Instance;
        public nint Icon;
        public nint Cursor;
        public nint Background;
        public char* Menu;
        public char* Name;
    }

    /// <summary>MSG.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public nint Window;
        public uint Number;
        public nuint First;
        public nint Second;
        public uint Time;
        public int X;
        public int Y;
    }
}

using System.Runtime.InteropServices;

namespace LiveConv.Window;

/// <summary>The parts of SDL 2's headers that the window uses. Not visible outside this assembly.</summary>
internal static partial class Sdl
{
    public const uint InitVideo = 0x20;
    public const int PositionCentered = 0x2FFF0000;
    public const uint WindowHidden = 0x8;
    public const uint WindowResizable = 0x20;
    public const uint WindowAllowHighDpi = 0x2000;
    public const uint WindowFullScreenDesktop = 0x1001;

    // The format without alpha: SDL would blend one with alpha.
    public const uint PixelFormatXrgb8888 = 0x16161804;
    public const int TextureStreaming = 1;
    public const uint KeyDown = 0x300;
    public const uint TextInput = 0x303;
    public const uint Quit = 0x100;
    public const uint WindowEvent = 0x200;
    public const uint RenderTargetsReset = 0x2000;
    public const uint RenderDeviceReset = 0x2001;
    public const byte WindowExposed = 3;
    public const byte WindowSizeChanged = 6;
    public const byte WindowClose = 14;
    public const int Escape = 27;
    public const ushort ModifierShift = 0x0003;
    public const ushort ModifierRightAlt = 0x0200;
    public const ushort ModifierMode = 0x4000;
    private const string Library = SdlLibrary.Name;

    /// <summary>An event: the members of the 56-byte union that this program reads.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct Event
    {
        [FieldOffset(0)]
        public uint Type;

        [FieldOffset(12)]
        public byte WindowEvent;

        [FieldOffset(13)]
        public byte KeyRepeat;

        /// <summary>The key's place, by the number that USB gives it.</summary>
        [FieldOffset(16)]
        public int ScanCode;

        [FieldOffset(20)]
        public int KeySymbol;

        [FieldOffset(24)]
        public ushort KeyModifiers;

        /// <summary>The first four bytes of the UTF-8 text, in the order of memory.</summary>
        [FieldOffset(12)]
        public uint Text;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Rectangle
    {
        public int X;
        public int Y;
        public int Width;
        public int Height;
    }

    /// <summary>Major, minor and patch.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Version
    {
        public byte Major;
        public byte Minor;
        public byte Patch;
    }

    /// <summary>Which system a window is on, and, if that is X11, the connection and the window's number there.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    public struct WindowManagerInfo
    {
        [FieldOffset(0)]
        public Version Version;

        [FieldOffset(4)]
        public int System;

        [FieldOffset(8)]
        public nint Display;

        [FieldOffset(16)]
        public nuint Window;
    }

    [LibraryImport(Library, EntryPoint = "SDL_SetHint", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetHint(string name, string value);

    [LibraryImport(Library, EntryPoint = "SDL_SetMainReady")]
    public static partial void SetMainReady();

    [LibraryImport(Library, EntryPoint = "SDL_Init")]
    public static partial int Init(uint flags);

    [LibraryImport(Library, EntryPoint = "SDL_Quit")]
    public static partial void QuitAll();

    [LibraryImport(Library, EntryPoint = "SDL_GetError")]
    public static partial nint GetError();

    [LibraryImport(Library, EntryPoint = "SDL_GetCurrentVideoDriver")]
    public static partial nint GetCurrentVideoDriver();

    [LibraryImport(Library, EntryPoint = "SDL_GetDisplayUsableBounds")]
    public static partial int GetDisplayUsableBounds(int display, out Rectangle bounds);

    [LibraryImport(Library, EntryPoint = "SDL_CreateWindow", StringMarshalling = StringMarshalling.Utf8)]
    public static partial SdlWindowHandle CreateWindow(string title, int x, int y, int width, int height, uint flags);

    [LibraryImport(Library, EntryPoint = "SDL_ShowWindow")]
    public static partial void ShowWindow(SdlWindowHandle window);

    [LibraryImport(Library, EntryPoint = "SDL_DestroyWindow")]
    public static partial void DestroyWindow(nint window);

    [LibraryImport(Library, EntryPoint = "SDL_GetVersion")]
    public static partial void GetVersion(out Version version);

    [LibraryImport(Library, EntryPoint = "SDL_GetWindowWMInfo")]
    public static partial int GetWindowWMInfo(SdlWindowHandle window, ref WindowManagerInfo info);

    [LibraryImport(Library, EntryPoint = "SDL_SetWindowTitle", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetWindowTitle(SdlWindowHandle window, string title);

    [LibraryImport(Library, EntryPoint = "SDL_SetWindowSize")]
    public static partial void SetWindowSize(SdlWindowHandle window, int width, int height);

    [LibraryImport(Library, EntryPoint = "SDL_SetWindowFullscreen")]
    public static partial int SetWindowFullScreen(SdlWindowHandle window, uint flags);

    [LibraryImport(Library, EntryPoint = "SDL_CreateRenderer")]
    public static partial SdlRendererHandle CreateRenderer(SdlWindowHandle window, int index, uint flags);

    [LibraryImport(Library, EntryPoint = "SDL_DestroyRenderer")]
    public static partial void DestroyRenderer(nint renderer);

    [LibraryImport(Library, EntryPoint = "SDL_RenderSetLogicalSize")]
    public static partial int RenderSetLogicalSize(SdlRendererHandle renderer, int width, int height);

    [LibraryImport(Library, EntryPoint = "SDL_RenderClear")]
    public static partial int RenderClear(SdlRendererHandle renderer);

    [LibraryImport(Library, EntryPoint = "SDL_RenderCopy")]
    public static partial int RenderCopy(SdlRendererHandle renderer, SdlTextureHandle texture, nint source, nint target);

    [LibraryImport(Library, EntryPoint = "SDL_RenderPresent")]
    public static partial void RenderPresent(SdlRendererHandle renderer);

    [LibraryImport(Library, EntryPoint = "SDL_CreateTexture")]
    public static partial SdlTextureHandle CreateTexture(SdlRendererHandle renderer, uint format, int access, int width, int height);

    [LibraryImport(Library, EntryPoint = "SDL_DestroyTexture")]
    public static partial void DestroyTexture(nint texture);

    [LibraryImport(Library, EntryPoint = "SDL_LockTexture")]
    public static partial int LockTexture(SdlTextureHandle texture, nint part, out nint pixels, out int pitch);

    [LibraryImport(Library, EntryPoint = "SDL_UnlockTexture")]
    public static partial void UnlockTexture(SdlTextureHandle texture);

    [LibraryImport(Library, EntryPoint = "SDL_PollEvent")]
    public static partial int PollEvent(out Event happened);
}

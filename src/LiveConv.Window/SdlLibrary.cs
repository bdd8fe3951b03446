using System.Reflection;
using System.Runtime.InteropServices;

namespace LiveConv.Window;

/// <summary>Finds the system's SDL 2, which has another file name on each system.</summary>
internal static class SdlLibrary
{
    public const string Name = "SDL2";

    private const string MacFile = "libSDL2-2.0.0.dylib";

    // On macOS also where Homebrew, MacPorts and SDL's own disk image put it, which the loader does not search.
    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["SDL2.dll", "libSDL2-2.0-0.dll"]
        : OperatingSystem.IsMacOS()
        ?
        [
            MacFile, "/opt/homebrew/lib/" + MacFile, "/usr/local/lib/" + MacFile, "/opt/local/lib/" + MacFile,
            "/Library/Frameworks/SDL2.framework/SDL2",
        ]
        : ["libSDL2-2.0.so.0", "libSDL2-2.0.so", "libSDL2.so"];

    private static readonly nint Handle = Load();

    /// <summary>True if SDL 2 is installed. Must be read before the first call into it.</summary>
    public static bool IsFound => Handle != 0;

    private static nint Load()
    {
        nint handle = 0;
        if (Array.Exists(FileNames, file => TryLoad(file, out handle)))
        {
            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? handle : 0);
        }

        return handle;
    }

    // Windows would also look in the folder where the program was started, in which anybody's downloads may lie.
    private static bool TryLoad(string file, out nint handle)
    {
        if (!OperatingSystem.IsWindows())
        {
            return NativeLibrary.TryLoad(file, out handle);
        }

        string[] places =
            [AppContext.BaseDirectory, Environment.SystemDirectory, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(';')];
        handle = places.Where(Path.IsPathFullyQualified)
            .Select(place => NativeLibrary.TryLoad(Path.Combine(place, file), out nint found) ? found : 0)
            .FirstOrDefault(found => found != 0);
        return handle != 0;
    }
}

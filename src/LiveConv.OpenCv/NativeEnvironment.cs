using System.Runtime.InteropServices;

namespace LiveConv.OpenCv;

/// <summary>Environment variables as native libraries see them: on Unix .NET keeps its own copy.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable that is not set. Call before the library that reads it is loaded.</summary>
    public static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null)
        {
            return;
        }

        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows())
        {
            _ = SetNative(name, value, overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}

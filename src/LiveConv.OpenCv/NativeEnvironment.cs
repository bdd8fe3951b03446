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

        Set(name, value);
    }

    /// <summary>Sets a variable, behind what it is set to. Call before the library that reads it is loaded.</summary>
    public static void Append(string name, string value, char separator) =>
        Set(name, Environment.GetEnvironmentVariable(name) is { Length: > 0 } before ? $"{before}{separator}{value}" : value);

    private static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows())
        {
            _ = SetNative(name, value, overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}

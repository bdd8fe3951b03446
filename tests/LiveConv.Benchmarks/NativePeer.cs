using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveConv.Benchmarks;

/// <summary>
/// A peer behind a few C functions of ours, built on the spot against the system's library, so that it runs in this process.
/// </summary>
/// <param name="source">The file in <c>Peers</c> without its ending.</param>
/// <param name="packages">What Debian calls its headers and library.</param>
/// <param name="flags">What the compiler needs to know.</param>
internal sealed class NativePeer(string source, string packages, params string[] flags)
{
    private nint library;

    /// <summary>Why it takes no part, once <see cref="TryLoad"/> failed.</summary>
    public string Absence { get; private set; } = "";

    /// <summary>Builds and loads it.</summary>
    /// <returns>False where the compiler or the library is missing.</returns>
    public bool TryLoad()
    {
        string built = Path.Combine(Path.GetTempPath(), $"liveconv-{source}-{Environment.ProcessId}.so");
        string[] arguments =
            ["-O3", "-shared", "-fPIC", Path.Combine(AppContext.BaseDirectory, "Peers", source + ".cpp"), "-o", built, .. flags];
        try
        {
            using Process build = Process.Start(new ProcessStartInfo("g++", arguments) { RedirectStandardError = true })!;
            string errors = build.StandardError.ReadToEnd();
            build.WaitForExit();
            if (build.ExitCode == 0)
            {
                library = NativeLibrary.Load(built);
                return true;
            }

            Absence = $"no {source}: it does not build (Debian: apt-get install "
                + $"g++ {packages}): {errors.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))}";
        }
        catch (Exception e) when (e is Win32Exception or DllNotFoundException)
        {
            Absence = $"no {source} (Debian: apt-get install g++ {packages}): {e.Message}";
        }
        finally
        {
            File.Delete(built);
        }

        return false;
    }

    /// <summary>The address of a function.</summary>
    public nint this[string function] => NativeLibrary.GetExport(library, function);
}

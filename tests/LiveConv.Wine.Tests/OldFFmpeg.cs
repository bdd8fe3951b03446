using System.Diagnostics;

namespace LiveConv.Wine.Tests;

/// <summary>A real ffmpeg.exe, as JavaScript projects install it: built in 2018 from the repository, without a version number.</summary>
internal static class OldFFmpeg
{
    private const string Package = "@ffmpeg-installer/win32-x64@4.1.0";
    private static readonly string[][] Commands =
        [["npm", "pack", "--silent", Package], ["tar", "-xzf", "ffmpeg-installer-win32-x64-4.1.0.tgz"]];

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    /// <summary>Puts it in a folder, or skips the test where npm cannot fetch it.</summary>
    /// <returns>The folder of ffmpeg.exe.</returns>
    public static async Task<string> InstallAsync(string folder)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        foreach (string[] command in Commands)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
                _ = process.StandardOutput.ReadToEndAsync(timeout.Token);
                string error = await process.StandardError.ReadToEndAsync(timeout.Token);
                await process.WaitForExitAsync(timeout.Token);
                Skip.IfNot(process.ExitCode == 0, $"npm cannot fetch {Package}: {error.Trim()}");
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or OperationCanceledException)
            {
                Skip.If(true, $"npm cannot fetch {Package}: {e.Message}");
            }
        }

        return Path.Combine(folder, "package");
    }
}

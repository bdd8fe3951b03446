using System.Diagnostics;

namespace LiveConv.Viewer.Tests;

/// <summary>Reads QR codes in PNG images, as a camera would.</summary>
internal static class ZBar
{
    public static async Task<string> ReadAsync(byte[] png)
    {
        string file = Path.Combine(Path.GetTempPath(), $"liveconv-{Guid.NewGuid():N}.png");
        await File.WriteAllBytesAsync(file, png);
        try
        {
            var start = new ProcessStartInfo("zbarimg", ["--quiet", "--raw", file]) { RedirectStandardOutput = true };
            using Process reader = Process.Start(start)!;
            string text = await reader.StandardOutput.ReadToEndAsync();
            await reader.WaitForExitAsync();
            return text.TrimEnd();
        }
        finally
        {
            File.Delete(file);
        }
    }
}

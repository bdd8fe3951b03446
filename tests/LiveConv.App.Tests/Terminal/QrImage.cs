using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveConv.App.Tests.Terminal;

/// <summary>Reads a QR code made of half-blocks, as a camera would: by ZBar.</summary>
internal static partial class QrImage
{
    private const int Scale = 8;

    public static void Need() => Skip.IfNot(Tools.Has("zbarimg"), "zbarimg (zbar-tools) is not installed");

    /// <summary>Decodes a code.</summary>
    /// <param name="lines">Its lines of half-blocks; escape sequences count for nothing.</param>
    /// <param name="isBlockDark">The blocks are the dark modules, not the light ones.</param>
    public static async Task<string> DecodeAsync(IReadOnlyList<string> lines, bool isBlockDark)
    {
        bool[][] rows = [.. lines.Select(line => Escape().Replace(line, "")).SelectMany(line => RowsOf(line, isBlockDark))];
        string file = Path.Combine(Path.GetTempPath(), $"liveconv-{Guid.NewGuid():N}.pgm");
        await File.WriteAllBytesAsync(file, Pgm(rows));
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

    [GeneratedRegex("\u001b\\[[0-9;]*m|\\r")]
    private static partial Regex Escape();

    // The upper and the lower row of a line: true for dark modules.
    private static bool[][] RowsOf(string line, bool isBlockDark) =>
    [
        [.. line.Select(block => (block is '█' or '▀') == isBlockDark)],
        [.. line.Select(block => (block is '█' or '▄') == isBlockDark)],
    ];

    private static byte[] Pgm(bool[][] rows)
    {
        int width = rows[0].Length * Scale;
        var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes($"P5\n{width} {rows.Length * Scale}\n255\n"));
        for (int y = 0; y < rows.Length * Scale; y++)
        {
            file.Write([.. Enumerable.Range(0, width).Select(x => rows[y / Scale][x / Scale] ? (byte)0 : (byte)255)]);
        }

        return file.ToArray();
    }
}

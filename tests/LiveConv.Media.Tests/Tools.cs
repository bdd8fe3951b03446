using System.Diagnostics;

namespace LiveConv.Media.Tests;

/// <summary>The programs that some tests need, and what is made with them.</summary>
internal static class Tools
{
    public static string Clip => Path.Combine(AppContext.BaseDirectory, "media", "cityCC0.mpg");

    public static void NeedFFmpeg()
    {
        Skip.If(Executable.Find("ffmpeg") is null, "ffmpeg is not installed");
        Skip.If(Executable.Find("ffprobe") is null, "ffprobe is not installed");
    }

    /// <summary>Skips the test where this FFmpeg cannot write or read images of a file's kind: some builds leave libraries out.</summary>
    public static void NeedCodecsOf(string name)
    {
        (string? list, string codec) = Path.GetExtension("x." + name) switch
        {
            ".webp" => ("-encoders", "libwebp"),
            ".svg" => ("-decoders", "librsvg"),
            _ => (null, ""),
        };
        Skip.If(list is not null && !Has(list, codec), $"this ffmpeg has no {codec}");
    }

    /// <summary>Whether a list that FFmpeg prints about itself has a word.</summary>
    public static bool Has(string list, string word) =>
        System.Text.Encoding.UTF8.GetString(Run("ffmpeg", "-hide_banner", list)).Contains(word, StringComparison.Ordinal);

    /// <summary>Skips the test where this user may create no symbolic links, as on Windows without the developer mode.</summary>
    public static void NeedLinks()
    {
        using var directory = new TempDirectory();
        try
        {
            System.IO.File.CreateSymbolicLink(directory.File("link"), "nothing");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Skip.If(true, $"no symbolic links may be created here: {e.Message}");
        }
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static byte[] Run(string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }

    public static byte[] FFmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);
}

/// <summary>A directory that goes away with the test.</summary>
internal sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Directory = System.IO.Directory.CreateTempSubdirectory("liveconv-test-").FullName;

    public string Directory { get; }

    public string File(string name) => Path.Combine(Directory, name);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}

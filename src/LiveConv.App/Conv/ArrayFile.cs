using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Reads and writes arrays as .npy, .pgm and .png files; errors are one line that names the option.</summary>
internal static class ArrayFile
{
    /// <summary>The path of standard input.</summary>
    public const string StandardInput = "-";

    public static NumberArray Read(string option, string path) => Parse(option, path, ReadBytes(option, path));

    /// <summary>The bytes of a file, which may be a pipe, or <c>-</c> for standard input: it is read once.</summary>
    public static byte[] ReadBytes(string option, string path)
    {
        if (path == StandardInput)
        {
            return ReadStandardInput(option);
        }

        if (Directory.Exists(path))
        {
            throw new LiveConvException($"{option} {path}: it is a folder: name a file in it");
        }

        try
        {
            return PlainFile.ReadAll(path, Array.MaxLength, takesPipe: true);
        }
        catch (PlainFileException e)
        {
            throw new LiveConvException($"{option} {path}: it {e.Reason}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"{option} {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static byte[] ReadStandardInput(string option)
    {
        try
        {
            _ = StandardStreams.IsInputOpen ? 0 : throw new IOException("standard input is closed");
            using Stream input = Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{option} {StandardInput}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    public static NumberArray Parse(string option, string path, byte[] file)
    {
        try
        {
            return PgmFile.Is(file) ? PgmFile.Read(file) with { Type = ElementType.UInt8 }
                : PngFile.Is(file) ? PngFile.Read(file) with { Type = ElementType.UInt8 }
                : ForeignFile.Describe(file) is { } other ? throw new FormatException(other)
                : NpyFile.Read(file);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new LiveConvException($"{option} {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    public static void Write(string path, NumberArray array, ElementType type)
    {
        bool pgm = path.EndsWith(".pgm", StringComparison.OrdinalIgnoreCase);
        bool png = path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
        if ((pgm || png) && array.Rank != 2)
        {
            throw new LiveConvException($"--output {path}: the output has shape {array.ShapeText}; an image is 2-D");
        }

        try
        {
            byte[] file = pgm ? PgmFile.Write(array) : png ? PngFile.Write(array) : NpyFile.Write(array, type);
            if (path == "-")
            {
                _ = StandardStreams.IsOutputOpen ? 0 : throw new IOException("standard output is closed");
                using Stream stdout = Console.OpenStandardOutput();
                stdout.Write(file);
                return;
            }

            PlainFile.Write(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"--output {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Reads and writes arrays as .npy, .pgm and .png files; errors are one line that names the option.</summary>
internal static class ArrayFile
{
    public static NumberArray Read(string option, string path)
    {
        try
        {
            byte[] file = File.ReadAllBytes(path);
            return PgmFile.Is(file) ? PgmFile.Read(file) : PngFile.Is(file) ? PngFile.Read(file) : NpyFile.Read(file);
        }
        catch (FormatException e)
        {
            throw new LiveConvException($"{option} {path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
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
                using Stream stdout = Console.OpenStandardOutput();
                stdout.Write(file);
                return;
            }

            File.WriteAllBytes(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"--output {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

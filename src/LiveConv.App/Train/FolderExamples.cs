using LiveConv.Pipeline;
using LiveConv.Training;

namespace LiveConv.App;

/// <summary>Reads examples from a folder with a folder of images for each class.</summary>
internal static class FolderExamples
{
    private const int MaxClasses = 1000;
    private const int MaxImages = 1_000_000;

    /// <summary>Reads all images, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shape">The size that images are scaled to; one channel.</param>
    /// <exception cref="LiveConvException">It cannot be read, has fewer than two classes, or something that is no image.</exception>
    public static ExampleSet Read(string folder, MapShape shape)
    {
        string[] classes = [.. List(folder, () => Directory.EnumerateDirectories(folder), MaxClasses, "classes")];
        if (classes.Length < 2)
        {
            throw new LiveConvException(
                $"{folder} has {(classes.Length == 0 ? "no folder" : "one folder")} in it: put the images of each class into a folder of "
                + "their own there, which has the class's name");
        }

        var examples = new ExampleSet(shape, [.. classes.Select(path => Path.GetFileName(path))]);
        for (int label = 0; label < classes.Length; label++)
        {
            string of = classes[label];
            string[] files = List(of, () => Directory.EnumerateFiles(of), MaxImages, "images");
            if (files.Length == 0)
            {
                throw new LiveConvException($"{of} has no images");
            }

            foreach (byte[] pixels in Pixels(files, shape))
            {
                examples.Add(pixels, label);
            }
        }

        return examples;
    }

    // Names that begin with a dot are the system's.
    private static string[] List(string folder, Func<IEnumerable<string>> find, int max, string what)
    {
        try
        {
            string[] paths =
            [
                .. find().Where(path => !Path.GetFileName(path).StartsWith('.')).Take(max + 1).Order(StringComparer.Ordinal),
            ];
            return paths.Length <= max ? paths : throw new LiveConvException($"{folder} has more than {max} {what}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"{folder}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    // FFmpeg decodes them where it is installed, a process for each: as many at once as there are processors.
    private static byte[][] Pixels(string[] files, MapShape shape)
    {
        byte[][] pixels = new byte[files.Length][];
        try
        {
            Parallel.For(
                0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                n => pixels[n] = AreaScaling.Scale(StillImage.Read("", files[n]), shape.Width, shape.Height));
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<LiveConvException>().Any())
        {
            IEnumerable<string> faults = e.InnerExceptions.OfType<LiveConvException>().Select(fault => fault.Message.TrimStart());
            throw new LiveConvException(faults.Order(StringComparer.Ordinal).First(), e);
        }

        return pixels;
    }
}

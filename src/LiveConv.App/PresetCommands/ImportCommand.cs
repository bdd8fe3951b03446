using System.CommandLine;
using System.Text;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary><c>liveconv preset import</c>: writes a preset file from another program's kernel.</summary>
internal static class ImportCommand
{
    private const string Description = """
        Write a preset file from another program's kernel, or from two (vertical edges, horizontal edges).

        One kernel alone serves both panes: turned by 90 degrees for the second. More than two (ImageMagick's lists and rotations)
        are shown by their largest answer. ImageMagick's Convolve turns kernels by 180 degrees, so they are imported as a
        convolution; FFmpeg, numpy lists and .npy are taken as correlations. --operation says otherwise.
        """;

    public static Command Create()
    {
        var kernels = new Argument<string[]>("KERNEL") { Description = "A kernel's text, or a .npy file", Arity = new ArgumentArity(1, 2) };
        Option<string> format = Options.Choice<string>(
            "--format", "Whose text it is [by its looks]", ("imagemagick", "imagemagick"), ("ffmpeg", "ffmpeg"), ("list", "list"),
            ("npy", "npy"));
        Option<string> operation = Options.Choice<string>(
            "--operation", "How the kernel is laid on [as that program does]", ("correlation", "correlation"),
            ("convolution", "convolution"));
        Option<string?> name = Options.Text("--name", "NAME", "a name", "The name that people read [Imported]");
        Option<string?> output = Options.Text("--output", "FILE", "a file that ends in .json", "Where the preset goes [standard output]");
        var command = new Command("import", Description) { kernels, format, operation, name, output };
        command.SetAction(parsed => Run(
            parsed.GetValue(kernels)!, parsed.GetValue(format), parsed.GetValue(operation), parsed.GetValue(name) ?? "Imported",
            parsed.GetValue(output)));
        return command;
    }

    private static int Run(string[] texts, string? format, string? operation, string name, string? output)
    {
        ForeignKernels[] read = [.. texts.Select(text => Read(text, format))];
        ForeignKernels first = read[0];
        if (read.Length == 2)
        {
            first = read.All(kernels => kernels.Kernels.Count == 1) && (read[1] with { Kernels = first.Kernels }) == first
                ? first with { Kernels = [first.Kernels[0], read[1].Kernels[0]] }
                : throw new LiveConvException("two kernels of a pair have no rotations, and one operation, gain and bias");
        }

        if (operation is not null)
        {
            first = first with { Operation = operation == "correlation" ? Operation.Correlation : Operation.Convolution };
        }

        string preset = PresetText.Of(name, $"Imported from {format ?? Looks(texts[0])}.", first);
        Check(preset);
        Console.Error.WriteLine(first.Operation == Operation.Convolution
            ? "liveconv: imported as a convolution: the kernel is turned by 180 degrees before it is laid on the image"
            : "liveconv: imported as a correlation: the kernel is laid on the image as written");
        return Write(preset, output);
    }

    private static ForeignKernels Read(string text, string? format) => (format ?? Looks(text)) switch
    {
        "npy" => new ForeignKernels([KernelFile.Read("KERNEL", text)], Operation.Correlation),
        "list" => ListKernel.Read(text),
        "ffmpeg" => FFmpegKernel.Read(text),
        _ => ImageMagickKernel.Read(text),
    };

    private static string Looks(string text) =>
        text.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? "npy"
        : text.IndexOf('[', StringComparison.Ordinal) is >= 0 and var first && text[(first + 1)..].TrimStart().StartsWith('[') ? "list"
        : text.Contains("convolution=", StringComparison.Ordinal) ? "ffmpeg"
        : "imagemagick";

    // What is written must be read again, by the same reader that will read the file.
    private static void Check(string preset)
    {
        try
        {
            PresetFile.Parse(Encoding.UTF8.GetBytes(preset), "the imported preset");
        }
        catch (LiveConvException e)
        {
            throw new LiveConvException($"this kernel is no preset: {e.Message}", e);
        }
    }

    private static int Write(string preset, string? output)
    {
        if (output is null)
        {
            Console.Out.Write(preset);
            return ExitCode.Done;
        }

        try
        {
            File.WriteAllText(output, preset);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"--output {output}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

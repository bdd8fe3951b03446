using System.CommandLine;
using System.Text;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv preset import</c>: writes a preset file from another program's kernel.</summary>
internal static class ImportCommand
{
    private const string Description = """
        Write a preset file from another program's kernel, or from two (vertical edges, horizontal edges).

        A text is read by its looks, with the code or the command line around it: ImageMagick's kernels by name or by numbers,
        FFmpeg's filter chains, numpy, Matlab, OpenCV and C arrays, lists of rows, and numbers alone.

        One kernel alone serves both panes: rotated by 90 degrees for the second. More than two (ImageMagick's lists and rotations)
        are shown by their largest answer. ImageMagick's Convolve turns kernels by 180 degrees, so they are imported as a
        convolution; everything else is a correlation, numbers alone too. --operation or --format decides otherwise.
        """;

    public static Command Create()
    {
        var kernels = new Argument<string[]>("KERNEL") { Description = "A kernel's text, or a .npy file", Arity = new ArgumentArity(1, 2) };
        Option<string> format = Options.Choice<string>("--format", "Whose text it is [by its looks]", KernelFormat.Choices);
        Option<string> operation = Options.Choice<string>(
            "--operation", "How the kernel is applied [as that program does]", ("correlation", "correlation"),
            ("convolution", "convolution"));
        Option<string?> name = Options.Text("--name", "NAME", "a name", "The name that people read [Imported]");
        Option<string?> output = Options.OutputFile(
            "--output", "a file that ends in .json", "Where the preset goes [standard output]", ".json");
        var command = new Command("import", Description) { kernels, format, operation, name, output };
        command.SetAction(parsed => Run(
            parsed.GetValue(kernels)!, parsed.GetValue(format), parsed.GetValue(operation), parsed.GetValue(name) ?? "Imported",
            parsed.GetValue(output)));
        return command;
    }

    private static int Run(string[] texts, string? format, string? operation, string name, string? output)
    {
        KernelTextResult[] read = [.. texts.Select(text => Read(text, format))];
        KernelTextResult kernels = read.Length == 1 ? read[0] : Pair(read[0], read[1]);
        bool isDecided = operation is not null;
        if (isDecided)
        {
            kernels = kernels with { Operation = operation == "correlation" ? Operation.Correlation : Operation.Convolution };
        }

        string from = IsFile(texts[0], format) ? "a .npy file" : KernelFormat.ProgramOf(read[0].Dialect);
        string preset = Text(name, $"Imported from {from}.", kernels);
        IEnumerable<string> operationNotices = isDecided ? [] : read.Select(one => one.OperationNotice).OfType<string>();
        foreach (string notice in operationNotices.Concat(read.SelectMany(one => one.Notices)).Distinct())
        {
            Terminal.Report(notice);
        }

        Terminal.Inform(kernels.AssumedOperation == Operation.Convolution
            ? "imported as a convolution: the kernel is rotated by 180 degrees before it is applied"
            : "imported as a correlation: the kernel is applied as written");
        return Write(preset, output);
    }

    private static KernelTextResult Pair(KernelTextResult first, KernelTextResult second)
    {
        KernelTextResult alike = second with { Dialect = first.Dialect, Kernels = first.Kernels, Notices = first.Notices };
        bool areAlike = alike with { OperationNotice = first.OperationNotice } == first;
        return first.Kernels.Count == 1 && second.Kernels.Count == 1 && areAlike
            ? first with { Kernels = [first.Kernels[0], second.Kernels[0]] }
            : throw new LiveConvException("two kernels of a pair have no rotations, and one operation, gain and bias");
    }

    private static KernelTextResult Read(string text, string? format)
    {
        if (IsFile(text, format))
        {
            return new KernelTextResult(KernelDialect.Numpy, [KernelFile.Read("KERNEL", text)]);
        }

        try
        {
            return KernelFormat.DialectOf(format) is KernelDialect dialect ? KernelText.Read(text, dialect) : KernelText.Read(text);
        }
        catch (KernelTextException e)
        {
            throw new LiveConvException($"KERNEL: {NamedFile.Describe(text) ?? e.Message}", e);
        }
    }

    private static bool IsFile(string text, string? format) =>
        format == KernelFormat.Npy || (format is null && text.EndsWith(".npy", StringComparison.OrdinalIgnoreCase));

    // What is written must be read again, by the same reader that will read the file.
    private static string Text(string name, string description, KernelTextResult kernels)
    {
        try
        {
            string text = PresetJson.Write(ImportedPreset.Of(name, description, kernels));
            PresetFile.Parse(Encoding.UTF8.GetBytes(text), "the imported preset");
            return text;
        }
        catch (Exception e) when (e is LiveConvException or ArgumentException)
        {
            throw new LiveConvException($"this kernel is no preset: {e.Message.Split(" (Parameter")[0]}", e);
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
            PlainFile.Write(output, Encoding.UTF8.GetBytes(preset));
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveConvException($"--output {output}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

using System.CommandLine;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv preset export</c>: a preset's two kernels for another program.</summary>
internal static class ExportCommand
{
    private const string Description = """
        Write a preset's kernels for another program: one line for vertical edges, one for horizontal edges, or one for each
        kernel whose map is merged with others; .npy to files. The gain is part of the text. Of a preset that does more, --layer
        writes the kernels of one layer.

        Each is written so that the program's own operation gives the same sums times the gain: turned by 180 degrees for ImageMagick's
        -morphology Convolve, as applied for OpenCV's filter2D and everything else (numpy and scipy's correlate, Matlab's imfilter).
        For FFmpeg the response is part of the text too: the filters give the same bytes as LiveConv, with every version of FFmpeg.

        Examples:
          liveconv preset export sobel --format opencv
          liveconv preset export scharr --format ffmpeg
          liveconv preset export canny --layer 1 --format numpy
        """;

    public static Command Create()
    {
        var preset = new Argument<string>("PRESET") { Description = "A preset's name, or a .json file" };
        Option<string> format = Options.Choice<string>("--format", "For which program [list]", KernelFormat.Choices);
        Option<string?> presets = Options.PresetsFolder();
        Option<string?> output = Options.Text(
            "--output", "NAME", "a file name without its end",
            "For npy: NAME.vertical.npy and NAME.horizontal.npy are written [the preset's name]");
        Option<int?> layer = LayerChoice.LayerOption();
        var command = new Command("export", Description) { preset, format, presets, layer, output };
        command.SetAction(parsed => parsed.GetValue(output) is { } file && parsed.GetValue(format) != KernelFormat.Npy
            ? throw new UsageException($"--output goes with --format npy; text goes to standard output: > {file}")
            : Run(
                PresetChoice.Find(parsed.GetRequiredValue(preset), parsed.GetValue(presets), "PRESET"), parsed.GetValue(layer),
                parsed.GetValue(format) ?? "list", parsed.GetValue(output)));
        return command;
    }

    private static int Run(Preset preset, int? layer, string format, string? output)
    {
        if (output is not null)
        {
            Options.CheckFileName("--output", $"{output}.npy");
        }

        ExportedKernels exported = ExportedKernels.Of(preset, layer);
        bool isFirst = true;
        foreach ((string name, Filter filter) in exported.Kernels)
        {
            if (KernelFormat.DialectOf(format) is KernelDialect dialect)
            {
                if (dialect == KernelDialect.Numbers && !isFirst)
                {
                    Console.Out.WriteLine();
                }

                // A list of several kernels is one text for ImageMagick.
                bool isListed = dialect == KernelDialect.ImageMagick && name != exported.Kernels[^1].Name;
                Console.Out.WriteLine(Text(filter, dialect, exported.Operation, name) + (isListed ? ";" : ""));
            }
            else
            {
                Kernel upright = filter.Kernel.Upright(exported.Operation);
                Save(upright.Scale(filter.Gain), $"{output ?? preset.Id}.{name}.npy");
            }

            isFirst = false;
        }

        Terminal.Inform(Note(format, exported));
        return ExitCode.Done;
    }

    private static string Text(Filter filter, KernelDialect dialect, Operation operation, string name)
    {
        try
        {
            return KernelText.Write(filter.Kernel, dialect, operation, filter.Response, filter.Gain, name);
        }
        catch (KernelTextException e)
        {
            throw new LiveConvException(e.Message, e);
        }
    }

    private static void Save(Kernel kernel, string path)
    {
        double[] values = Array.ConvertAll(kernel.Weights.ToArray(), w => (double)w);
        ArrayFile.Write(path, new NumberArray(values, [kernel.Height, kernel.Width]), ElementType.Float32);
    }

    private static string Note(string format, ExportedKernels exported)
    {
        string sums = format switch
        {
            "imagemagick" => "for -morphology Convolve, which turns kernels by 180 degrees; for Correlate use the preset's own rows",
            "ffmpeg" => "for -vf of FFmpeg; it has the bytes of the map",
            _ => "rows as they are applied to the image: a correlation",
        };
        Filter first = exported.Kernels[0].Filter;
        string response = format == "ffmpeg" ? "" : $"response {first.Response}, ";
        string further = string.Concat(exported.Further.Select(what => $"{what}, "));
        bool areCentred = exported.Kernels.All(kernel => kernel.Filter.Kernel.IsCentred);
        string anchor = format == "imagemagick" || areCentred ? "" : "anchors, ";
        string bias = exported.Bias == 0 ? "" : FormattableString.Invariant($"the {exported.Bias} that is added to the sums, ");
        string merge = exported.Merge == Merge.None ? "" : $"the merge of the {exported.Kernels.Count} maps ({exported.Merge}), ";
        return $"{sums}; not part of it: {response}{anchor}{bias}{merge}{further}border {exported.Border}";
    }
}

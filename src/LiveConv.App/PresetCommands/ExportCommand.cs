using System.CommandLine;
using System.Globalization;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv preset export</c>: a preset's two kernels for another program.</summary>
internal static class ExportCommand
{
    private const string Description = """
        Write a preset's kernels for another program: one line for vertical edges, one for horizontal edges; .npy to files.

        Each is written so that the program's own operation gives the same sums: turned by 180 degrees for ImageMagick's
        -morphology Convolve, as laid on the image for FFmpeg's convolution, OpenCV's filter2D and everything else (numpy and scipy's
        correlate, Matlab's imfilter).
        """;

    public static Command Create()
    {
        var preset = new Argument<string>("PRESET") { Description = "A preset's name, or a .json file" };
        Option<string> format = Options.Choice<string>("--format", "For which program [list]", KernelFormat.Choices);
        Option<string?> presets = Options.PresetsFolder();
        Option<string?> output = Options.Text(
            "--output", "NAME", "a file name without its end",
            "For npy: NAME.vertical.npy and NAME.horizontal.npy are written [the preset's name]");
        var command = new Command("export", Description) { preset, format, presets, output };
        command.SetAction(
            parsed => Run(
                PresetChoice.Find(parsed.GetValue(preset)!, parsed.GetValue(presets)), parsed.GetValue(format) ?? "list",
                parsed.GetValue(output)));
        return command;
    }

    private static int Run(Preset preset, string format, string? output)
    {
        FilterBank bank = preset.Bank
            ?? throw new LiveConvException($"preset {preset.Id} is a stack of layers; only pairs of kernels can be exported");
        (string Edges, Filter Filter)[] panes = [("vertical", bank.Filters[0]), ("horizontal", bank.Filters[1])];
        foreach ((string edges, Filter filter) in panes)
        {
            if (KernelFormat.DialectOf(format) is KernelDialect dialect)
            {
                if (dialect == KernelDialect.Numbers && edges == "horizontal")
                {
                    Console.Out.WriteLine();
                }

                Console.Out.WriteLine(Text(filter, dialect, bank.Operation, edges));
            }
            else
            {
                Kernel upright = filter.Kernel.Upright(bank.Operation);
                Save(upright, $"{output ?? preset.Id}.{edges}.npy");
            }
        }

        Console.Error.WriteLine($"liveconv: {Note(format, bank)}");
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

    private static string Note(string format, FilterBank bank)
    {
        string sums = format switch
        {
            "imagemagick" => "for -morphology Convolve, which turns kernels by 180 degrees; for Correlate use the preset's own rows",
            "ffmpeg" => "for FFmpeg's convolution filter, which lays kernels on as written and cuts negative sums to 0",
            _ => "rows as they are laid on the image: a correlation",
        };
        Filter filter = bank.Filters[0];
        string response = format == "ffmpeg"
            ? ""
            : $"response {filter.Response}, gain {filter.Gain.ToString(CultureInfo.InvariantCulture)}, ";
        string anchor = format == "imagemagick" || (filter.Kernel.IsCentred && bank.Filters[1].Kernel.IsCentred) ? "" : "anchors, ";
        return $"{sums}; not part of it: {response}{anchor}border {bank.Border}";
    }
}

using System.CommandLine;
using System.Globalization;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv explain</c>: one output value, with the steps that compute it.</summary>
internal static class ExplainCommand
{
    private const string Description = """
        Show how one value of the output is computed: the window, the kernel, their element-wise products, the sum, the pixel, and
        the output equation with its numbers. An image has the 8-bit values that the live image of the same file has, an array its own.

        Examples:
          liveconv explain --input photo.png --preset sobel --at 120,200
          liveconv explain --input photo.png --preset canny --layer 1 --at 12,20      a kernel of a preset of layers
          liveconv explain --input x.npy --weight k.npy --at 0,0                      the lesson's form: no padding, stride 1
          liveconv explain --input x.npy --weight k.npy --stride 2 --padding 1 --at 3,1
        """;

    public static Command Create()
    {
        Option<string?> input = Options.Text(
            "--input", "FILE", "an image or a .npy file", "The image: .png, .pgm, .npy, or any image that FFmpeg reads");
        Option<string?> preset =
            Options.Preset("The preset whose two kernels are explained [seed]");
        Option<string?> presets = Options.PresetsFolder();
        Option<string?> weight =
            Options.Text("--weight", "FILE", "a .npy file", "A kernel in place of a preset's: applied as written, zeros outside");
        Option<int[]?> at =
            Options.Of<int[]?>(
                "--at", "Y,X", "two whole numbers, row and column, such as 12,40", "The output value to explain", ReadPosition);
        Option<int?> stride =
            Options.Whole("--stride", "a whole number from 1 to 1000", "With --weight: step of the window [1]", min: 1, max: 1000);
        Option<int?> padding = Options.Whole(
            "--padding", "a whole number from 0 to 1000", "With --weight: rows and columns of zeros at each side [0]", min: 0, max: 1000);
        Option<int?> layer = LayerChoice.LayerOption();
        Option<int?> map = LayerChoice.MapOption("all");
        Option<bool> json = ResultsJson.Flag();
        var command = new Command("explain", Description) { input, preset, presets, layer, map, weight, at, stride, padding, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(input) ?? throw new UsageException("--input FILE is required");
            int[] position = parsed.GetValue(at) is { Length: 2 } given ? given : throw new UsageException("--at Y,X is required");
            bool hasSteps = parsed.GetValue(stride) is not null || parsed.GetValue(padding) is not null;
            if (parsed.GetValue(weight) is not { } weights)
            {
                return hasSteps
                    ? throw new UsageException("--stride and --padding go with --weight; a preset has its own")
                    : ExplainPreset(
                        Image(file), PresetChoice.Find(parsed.GetValue(preset) ?? "seed", parsed.GetValue(presets)),
                        (parsed.GetValue(layer), parsed.GetValue(map)), position, new Explanation(parsed.GetValue(json)));
            }

            Option[] ofPresets = [preset, presets, layer, map];
            return Array.TrueForAll(ofPresets, option => parsed.GetResult(option) is null or { Implicit: true })
                ? ExplainKernel(
                    Image(file), KernelFile.Read("--weight", weights), position, parsed.GetValue(stride) ?? 1,
                    parsed.GetValue(padding) ?? 0, new Explanation(parsed.GetValue(json)))
                : throw new UsageException("--weight replaces a preset: it cannot be combined with --preset, --presets, --layer or --map");
        });
        return command;
    }

    private static NumberArray Image(string file) => StillImage.Read("--input", file);

    private static int ExplainPreset(NumberArray image, Preset preset, (int? Layer, int? Map) choice, int[] at, Explanation output)
    {
        LayerChoice.RequireNone(preset, choice.Layer, choice.Map);
        if (preset.Bank is not { } bank)
        {
            new LayerExplanation(preset, LayerChoice.Find(preset, choice.Layer)).Print(image, choice.Map, at, output);
            return output.Finish();
        }

        CheckPosition(at, image.Shape[0], image.Shape[1]);
        output.Write($"{preset.Name}: {JsonName.Of(bank.Operation)}, border {JsonName.Of(bank.Border)}");
        string turned = bank.Operation == Operation.Convolution ? " (the kernel is rotated by 180 degrees)" : "";
        foreach ((string edges, Filter filter) in new[] { ("vertical edges", bank.Filters[0]), ("horizontal edges", bank.Filters[1]) })
        {
            Kernel kernel = filter.Kernel.Upright(bank.Operation);
            var window = new ImageWindow(image, kernel, at[0] - kernel.AnchorY, at[1] - kernel.AnchorX, bank.Border);
            output.Write("");
            output.Add($"{edges} at row {at[0]}, column {at[1]}{turned}", at, window, kernel, filter);
            output.Write(ExplainTable.Pixel(window.Sum, filter));
            output.Write(ExplainTable.SameSize(image, kernel));
        }

        return output.Finish();
    }

    private static int ExplainKernel(NumberArray image, Kernel kernel, int[] at, int stride, int padding, Explanation output)
    {
        int height;
        int width;
        try
        {
            height = OutputSize.Convolution(image.Shape[0], kernel.Height, stride, padding);
            width = OutputSize.Convolution(image.Shape[1], kernel.Width, stride, padding);
        }
        catch (ArgumentException e)
        {
            throw new LiveConvException(ConvCommand.Plain(e), e);
        }

        CheckPosition(at, height, width);
        var window = new ImageWindow(image, kernel, at[0] * stride - padding, at[1] * stride - padding, BorderMode.Zero);
        output.Add(
            $"output at row {at[0]}, column {at[1]}: the window starts at row {at[0]}*{stride} - {padding} = {window.Top}, "
            + $"column {at[1]}*{stride} - {padding} = {window.Left}",
            at, window, kernel);
        output.Write(ExplainTable.Equation("height", image.Shape[0], kernel.Height, stride, padding, height));
        output.Write(ExplainTable.Equation("width", image.Shape[1], kernel.Width, stride, padding, width));
        return output.Finish();
    }

    /// <summary>Refuses a position outside of the output.</summary>
    /// <exception cref="LiveConvException">It lies outside.</exception>
    internal static void CheckPosition(int[] at, int height, int width)
    {
        if (at[0] >= height || at[1] >= width)
        {
            throw new LiveConvException(
                $"--at {at[0]},{at[1]} lies outside the output of {height} rows and {width} columns, counted from 0");
        }
    }

    private static bool ReadPosition(string text, out int[]? position)
    {
        string[] parts = text.Split(',');
        position = new int[2];
        return parts.Length == 2
            && int.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out position[0])
            && int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out position[1]);
    }
}

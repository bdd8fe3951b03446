using System.CommandLine;
using System.Globalization;
using System.Text;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv learn</c>: finds the kernel that turns one image into another.</summary>
internal static class LearnCommand
{
    private const string Description = """
        Find the kernel that turns an image into its response, by descending the mean squared error.

        The target is the signed response of a correlation: a .npy array, or an image whose grey value --zero represents 0. It
        is as large as the input, or smaller by the kernel. Only windows entirely within the image count, so that no border matters.
        When --steps are too few to reach the minimum, the kernel so far is printed and the command fails.

        Examples:
          liveconv learn --input photo.png --target response.npy --size 3x3
          liveconv learn --input a.png --target b.png --zero 128 --size 5x5 --output k.npy --plot loss.svg
          liveconv learn --preset sobel --source test --size 3x3             learn this preset's response, from live images
          liveconv learn --preset kirsch --map 2 --source test               the response of one of the kernels of a layer
        """;

    public static Command Create()
    {
        var arguments = new LearnArguments();
        var command = new Command("learn", Description);
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Read(parsed)));
        return command;
    }

    private static int Run(LearnRequest request)
    {
        LeastSquares problem = request.Preset is null ? FromFiles(request) : FromSource(request);
        int undetermined = problem.RankDeficiency();
        if (undetermined > 0)
        {
            throw new LiveConvException(
                $"the problem is singular: the images leave {undetermined} of {problem.Weights} weights undetermined "
                + "(too flat, too regular or too small); take richer images or a smaller kernel");
        }

        var losses = new List<double>();
        DescentStep last = default;
        foreach (DescentStep step in Descent.Run(problem, request.Steps))
        {
            losses.Add(step.Loss);
            last = step;
            if (!Terminal.IsQuiet)
            {
                Console.Error.WriteLine(Progress(losses));
            }
        }

        if (request.IsJson)
        {
            ResultsJson.Print(
                new LearnResult([.. last.Kernel.Chunk(problem.Width)], losses[^1], losses.Count - 1, last.IsMinimum),
                ResultsJson.Default.LearnResult);
        }
        else
        {
            Console.Out.WriteLine(WeightText.Of(last.Kernel, problem.Width));
        }

        Save(request, last.Kernel, losses);
        return last.IsMinimum
            ? ExitCode.Done
            : throw new LiveConvException(
                $"the minimum was not reached in {losses.Count - 1} steps: give more --steps; {Descent.MaxSteps(problem)} always suffice");
    }

    private static LeastSquares FromFiles(LearnRequest request)
    {
        NumberArray input = Image("--input", request.Input!);
        NumberArray target = Image("--target", request.Target!);
        return Examples.FromArrays(input, target, request.Zero, request.Height, request.Width);
    }

    private static LeastSquares FromSource(LearnRequest request)
    {
        var notices = new Notices();
        notices.Posted += Terminal.Print;
        Preset preset = PresetChoice.Find(request.Preset!, request.Presets);
        LayerChoice.RequireNone(preset, request.Layer, request.Map);
        if (preset.Stack is not null && request.HasPane)
        {
            throw new UsageException($"--pane goes with a pair of kernels; preset {preset.Id} has layers: choose with --layer and --map");
        }

        IKernelExamples examples = preset.Bank is { } bank
            ? new PairExamples(bank, request.IsHorizontal ? 1 : 0)
            : new LayerExamples(preset, LayerChoice.Find(preset, request.Layer), request.Map ?? 0);
        return Examples.FromSource(
            examples, new SourceRequest(request.Source, request.Frames, notices), request.Height, request.Width);
    }

    private static NumberArray Image(string option, string path)
    {
        NumberArray array = StillImage.Read(option, path);
        int invalid = Array.FindIndex(array.Values, value => !double.IsFinite(value));
        return invalid < 0
            ? array
            : throw new LiveConvException(
                $"{option} {path}: every pixel must be a finite number; the one at row {invalid / array.Shape[1]}, "
                + $"column {invalid % array.Shape[1]} is {NotFinite(array.Values[invalid])}");
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    // A bar of twenty characters, full at 1e-9 of the first loss.
    private static string Progress(List<double> losses)
    {
        double gained = losses[0] <= 0 ? 9 : Math.Log10(losses[0] / Math.Max(losses[^1], losses[0] * 1e-9));
        int full = (int)Math.Clamp(Math.Round(gained / 9 * 20), 0, 20);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"step {losses.Count - 1,3} [{new string('#', full)}{new string('.', 20 - full)}] loss {losses[^1]:0.######e+0}");
    }

    private static void Save(LearnRequest request, double[] kernel, List<double> losses)
    {
        if (request.Output is { } output)
        {
            ArrayFile.Write(output, new NumberArray(kernel, [request.Height, request.Width]), ElementType.Float32);
        }

        if (request.Plot is { } plot)
        {
            try
            {
                PlainFile.Write(plot, Encoding.UTF8.GetBytes(LossPlot.Svg(losses)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new LiveConvException($"--plot {plot}: {e.Message.ReplaceLineEndings(" ")}", e);
            }
        }
    }
}

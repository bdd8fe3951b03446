using System.CommandLine;
using System.Globalization;
using LiveConv.Training;

namespace LiveConv.App;

/// <summary>The argument and options of <c>liveconv train</c>.</summary>
internal sealed class TrainArguments
{
    private const int MaxSide = 512;
    private readonly Argument<string?> folder = new("DIR")
    {
        Description = "A folder with a folder of images for each class, which has the class's name",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> scene =
        Options.Flag("--scene", "Learn from the built-in scene, in place of a folder: ball, bat, neither");

    private readonly Option<string?> output = Options.OutputFile("--output", "a .onnx file", "File for the network", ".onnx");
    private readonly Option<string?> labels =
        Options.OutputFile("--labels-out", "a .txt file", "File for the classes' names, a line each", ".txt");

    private readonly Option<int?> examples = Options.Whole(
        "--examples", "a whole number from 6 to 100000", "With --scene: how many scenes [6000]", min: 6, max: 100_000);

    private readonly Option<int?> epochs =
        Options.Whole("--epochs", "a whole number from 1 to 10000", "Times that all images are seen [40]", min: 1, max: 10_000);

    private readonly Option<int?> batch =
        Options.Whole("--batch", "a whole number from 1 to 4096", "Images of a step [32]", min: 1, max: 4096);

    private readonly Option<double?> rate = Options.Of<double?>(
        "--rate", "N", "a number above 0", "Learning rate [0.003 of adam, 0.03 of sgd]", (string text, out double? value) =>
            ReadNumber(text, out value) && value > 0);

    private readonly Option<OptimizerKind> optimizer = Options.Choice(
        "--optimizer", "How gradients change weights [adam]", ("adam", OptimizerKind.Adam), ("sgd", OptimizerKind.Sgd));

    private readonly Option<double?> momentum = Options.Of<double?>(
        "--momentum", "N", "a number from 0 to below 1", "With --optimizer sgd: what is left of the step before [0.9]",
        (string text, out double? value) => ReadNumber(text, out value) && value is >= 0 and < 1);

    private readonly Option<int?> seed = Options.Whole(
        "--seed", "a whole number from 0", "Of first weights, order and scenes: the same seed, the same file [1]", min: 0);

    private readonly Option<int[]?> size = Options.Of<int[]?>(
        "--size", "WxH", $"a size such as 64x48, each side 8 to {MaxSide}", "Size that images are scaled to [64x48]", ReadSize);

    private readonly Option<double?> validation = Options.Of<double?>(
        "--validation", "N", "a number from 0 to 0.9", "The fraction of each class that is not learned from but measured with [0.2]",
        (string text, out double? value) => ReadNumber(text, out value) && value is >= 0 and <= 0.9);

    private readonly Option<int?> patience = Options.Whole(
        "--patience", "a whole number from 1 to 10000", "Epochs without a smaller validation loss before training stops [10]", min: 1,
        max: 10_000);

    private readonly Option<int?> threads =
        Options.Whole("--threads", "a whole number from 1 to 256", "Threads that compute; the file is the same [all processors]", 1, 256);

    private readonly Option<string?> plot = Options.OutputFile("--plot", "a .svg file", "File for the curves of loss and accuracy", ".svg");
    private readonly Option<bool> json = ResultsJson.Flag();

    public void AddTo(Command command)
    {
        command.Add(folder);
        Option[] all =
        [
            scene, output, labels, examples, size, epochs, batch, rate, optimizer, momentum, seed, validation, patience, threads, plot,
            json,
        ];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    public TrainRequest Read(ParseResult parsed)
    {
        string? from = parsed.GetValue(folder);
        if (from is null != parsed.GetValue(scene))
        {
            throw new UsageException("train takes either a folder or --scene");
        }

        if (from is not null && IsStated(parsed, examples))
        {
            throw new UsageException("--examples goes with --scene, not with a folder");
        }

        if (parsed.GetValue(optimizer) != OptimizerKind.Sgd && IsStated(parsed, momentum))
        {
            throw new UsageException("--momentum goes with --optimizer sgd");
        }

        int[] sides = parsed.GetValue(size) is { Length: 2 } stated ? stated : [64, 48];
        return new TrainRequest
        {
            Folder = from,
            Output = parsed.GetValue(output) ?? throw new UsageException("train takes --output FILE.onnx, where the network goes"),
            Labels = parsed.GetValue(labels),
            Plot = parsed.GetValue(plot),
            Scenes = parsed.GetValue(examples) ?? 6000,
            Shape = new MapShape(1, sides[1], sides[0]),
            Threads = parsed.GetValue(threads),
            IsJson = parsed.GetValue(json),
            Training = new TrainingOptions
            {
                Epochs = parsed.GetValue(epochs) ?? 40,
                BatchSize = parsed.GetValue(batch) ?? 32,
                Rate = parsed.GetValue(rate),
                Optimizer = parsed.GetValue(optimizer),
                Momentum = parsed.GetValue(momentum) ?? 0.9,
                Seed = parsed.GetValue(seed) ?? 1,
                Validation = parsed.GetValue(validation) ?? 0.2,
                Patience = parsed.GetValue(patience) ?? 10,
            },
        };
    }

    private static bool IsStated(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static bool ReadSize(string text, out int[]? size)
    {
        string[] parts = text.Split('x', 'X');
        size = new int[2];
        return parts.Length == 2 && ReadSide(parts[0], out size[0]) && ReadSide(parts[1], out size[1]);
    }

    private static bool ReadSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 8 and <= MaxSide;

    private static bool ReadNumber(string text, out double? value)
    {
        bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        value = number;
        return read && double.IsFinite(number);
    }
}

/// <summary>The parsed options of <c>liveconv train</c>.</summary>
internal sealed record TrainRequest
{
    /// <summary>The folder of images, or null for the built-in scene.</summary>
    public string? Folder { get; init; }

    public required string Output { get; init; }

    public string? Labels { get; init; }

    public string? Plot { get; init; }

    public int Scenes { get; init; }

    public MapShape Shape { get; init; }

    public int? Threads { get; init; }

    public bool IsJson { get; init; }

    public required TrainingOptions Training { get; init; }
}

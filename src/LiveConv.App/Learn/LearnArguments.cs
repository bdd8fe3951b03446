using System.CommandLine;
using System.Globalization;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The options of <c>liveconv learn</c>.</summary>
internal sealed class LearnArguments
{
    private const int MaxSide = 15;
    private readonly Option<string?> input = Options.Text("--input", "FILE", "an image or a .npy file", "The image");
    private readonly Option<string?> target =
        Options.Text("--target", "FILE", "an image or a .npy file", "The response that the kernel should learn");
    private readonly Option<double?> zero =
        Options.Of<double?>("--zero", "N", "a number", "With --target: the value that represents 0 [0]", ReadNumber);
    private readonly Option<int[]?> size =
        Options.Of<int[]?>("--size", "WxH", $"a size such as 3x3, each side 1 to {MaxSide}", "Size of the kernel [3x3]", ReadSize);
    private readonly Option<string?> preset = Options.Preset(
        "Learn this preset's response to live images, in place of files");
    private readonly Option<string?> presets = Options.PresetsFolder("With --preset: ");
    private readonly Option<string> pane = Options.Choice<string>(
        "--pane", "With --preset: which of its kernels [vertical]", ("vertical", "vertical"), ("horizontal", "horizontal"));
    private readonly Option<int?> layer = LayerChoice.LayerOption();
    private readonly Option<int?> map = LayerChoice.MapOption("0");
    private readonly Option<string?> source =
        Options.Text("--source", "WHAT", "a source, as for the live command", "With --preset: where live images come from [auto]");
    private readonly Option<int?> frames =
        Options.Whole("--frames", "a whole number from 1 to 10000", "With --preset: how many live images [3]", min: 1, max: 10000);
    private readonly Option<int?> steps = Options.Whole(
        "--steps", "a whole number from 1 to 10000",
        "Maximum number of steps [as many as needed: up to four per weight, then one directly to the minimum]", min: 1, max: 10000);
    private readonly Option<string?> output =
        Options.OutputFile("--output", "a .npy file", "File for the kernel, in addition to standard output", ".npy");
    private readonly Option<string?> plot = Options.OutputFile("--plot", "a .svg file", "File for the loss curve", ".svg");

    private readonly Option<bool> json = ResultsJson.Flag();

    public void AddTo(Command command)
    {
        Option[] all = [input, target, zero, size, preset, presets, pane, layer, map, source, frames, steps, output, plot, json];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    public LearnRequest Read(ParseResult parsed)
    {
        Check(parsed);
        int[] sides = parsed.GetValue(size) is { Length: 2 } given ? given : [3, 3];
        return new LearnRequest
        {
            Input = parsed.GetValue(input),
            Target = parsed.GetValue(target),
            Zero = parsed.GetValue(zero) ?? 0,
            Width = sides[0],
            Height = sides[1],
            Preset = parsed.GetValue(preset),
            Presets = parsed.GetValue(presets),
            IsHorizontal = parsed.GetValue(pane) == "horizontal",
            HasPane = IsGiven(parsed, pane),
            Layer = parsed.GetValue(layer),
            Map = parsed.GetValue(map),
            Source = parsed.GetValue(source) ?? "auto",
            Frames = parsed.GetValue(frames) ?? 3,
            Steps = parsed.GetValue(steps) ?? int.MaxValue,
            Output = parsed.GetValue(output),
            Plot = parsed.GetValue(plot),
            IsJson = parsed.GetValue(json),
        };
    }

    private void Check(ParseResult parsed)
    {
        bool isLive = parsed.GetValue(preset) is not null;
        bool[] files = [parsed.GetValue(input) is not null, parsed.GetValue(target) is not null];
        if (files[0] == isLive || files[1] == isLive)
        {
            throw new UsageException("learn takes either --input and --target, or --preset");
        }

        Option[] others = isLive ? [zero] : [presets, pane, layer, map, source, frames];
        if (Array.Find(others, option => IsGiven(parsed, option)) is { } stray)
        {
            throw new UsageException(
                isLive
                    ? $"{stray.Name} goes with --target, not with --preset"
                    : $"{stray.Name} goes with --preset, not with --input and --target");
        }
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static bool ReadSize(string text, out int[]? size)
    {
        string[] parts = text.Split('x', 'X');
        size = new int[2];
        return parts.Length == 2 && ReadSide(parts[0], out size[0]) && ReadSide(parts[1], out size[1]);
    }

    private static bool ReadSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MaxSide;

    private static bool ReadNumber(string text, out double? value)
    {
        bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        value = number;
        return read && double.IsFinite(number);
    }
}

/// <summary>The parsed options of <c>liveconv learn</c>.</summary>
internal sealed record LearnRequest
{
    public string? Input { get; init; }

    public string? Target { get; init; }

    public double Zero { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public string? Preset { get; init; }

    public string? Presets { get; init; }

    public bool IsHorizontal { get; init; }

    public bool HasPane { get; init; }

    public int? Layer { get; init; }

    public int? Map { get; init; }

    public string Source { get; init; } = "auto";

    public int Frames { get; init; }

    public int Steps { get; init; }

    public string? Output { get; init; }

    public string? Plot { get; init; }

    public bool IsJson { get; init; }
}

using System.CommandLine;
using System.Globalization;

namespace LiveConv.App;

/// <summary>The options of <c>liveconv conv</c>, and their parsing.</summary>
internal sealed class ConvArguments
{
    private static readonly (string Word, string Value)[] Conventions =
        [.. ((string[])["torch", "tensorflow", "scipy", "ndimage", "opencv"]).Select(c => (c, c))];

    private readonly Option<string?> input =
        Options.Text("--input", "FILE", "a .npy file or an image, or - for standard input",
        "The array to filter (.npy), an image (.pgm or .png, with FFmpeg any other; in grey), or - for standard input");
    private readonly Option<string?> weight = Options.Text("--weight", "FILE", "a .npy, .pgm or .png file", "The kernel or layer weights");
    private readonly Option<string?> bias = Options.Text("--bias", "FILE", "a .npy file", "One number per output channel");
    private readonly Option<string?> output = Options.OutputFile(
        "--output", "a .npy, .pgm or .png file, or - for .npy on standard output",
        "File for the result (.npy; .pgm or .png for a grey image of 8 bits), or - for .npy on standard output",
        ".npy", ".pgm", ".png", "-");
    private readonly Option<string> op = Options.Choice<string>("--op", "Operation [conv2d]", ConvOperations.Words);
    private readonly Option<string> convention =
        Options.Choice<string>("--convention", "Library whose names and values apply [that of the operation; torch]", Conventions);
    private readonly Option<int[]?> stride = Numbers("--stride", 1, "Step of the window, per axis [1; pooling: the window]");
    private readonly Option<string?> padding = Options.Of<string?>(
        "--padding", "HOW", PaddingText.Takes, $"Padding: {PaddingText.Takes} [0]",
        (string text, out string? value) => PaddingText.IsValid(value = text));
    private readonly Option<string> paddingMode =
        Words("--padding-mode", "Values of the padding [zeros]", "zeros", "reflect", "replicate", "circular");
    private readonly Option<int[]?> dilation = Numbers("--dilation", 1, "Distance between two taps, per axis [1]");
    private readonly Option<int?> groups = Options.Whole("--groups", "a whole number from 1 up", "Groups of channels [1]", min: 1);
    private readonly Option<int[]?> outputPadding =
        Numbers("--output-padding", 0, "Added at the end of a transposed convolution's output, per axis [0]");
    private readonly Option<int[]?> kernelSize = Numbers("--kernel-size", 1, "Window of pooling, per axis");
    private readonly Option<string> mode = Words(
        "--mode", "scipy: full, same, valid [full]; ndimage: reflect, constant, nearest, mirror, wrap [reflect]", "full", "same", "valid",
        "reflect", "constant", "nearest", "mirror", "wrap");
    private readonly Option<string> boundary = Words("--boundary", "scipy's boundary [fill]", "fill", "wrap", "symm");
    private readonly Option<double?> fillValue = Real("--fill-value", "Value outside the image: scipy's fillvalue, ndimage's cval [0]");
    private readonly Option<double[]?> scale = Options.Of<double[]?>(
        "--scale", "N[,N]", "one or two numbers above 0, such as 2 or 2,1.5", "Factor of upsampling, per axis", ReadScale);
    private readonly Option<string> depth = Words(
        "--ddepth", "opencv's depth: rounds and saturates [none: the sums as they are]", "u8", "s16", "f32", "f64");
    private readonly Option<int[]?> anchor = Options.Of<int[]?>(
        "--anchor", "X,Y", "two whole numbers from -1 up, such as 0,2",
        "Column and row of the kernel that lie on the output, opencv [-1,-1: the centre]", ReadAnchor);
    private readonly Option<double?> delta = Real("--delta", "Added to every sum, opencv [0]");
    private readonly Option<string> border =
        Words("--border", "opencv's border [reflect_101]", "constant", "replicate", "reflect", "reflect_101");
    private readonly Option<ElementType> type = Options.Choice(
        "--dtype", "Element type of a .npy result [i8 of integers, f4 of float32, f8 of float64 and of mixtures; opencv: its depth]",
        [.. ElementType.All.SelectMany(t => t.Names, (t, name) => (name, t))]);

    private readonly Option<bool> json = Options.Flag("--json", "Print shapes, type and equation as JSON on standard output");

    public void AddTo(Command command)
    {
        Option[] all = [
            input, weight, bias, output, op, convention, stride, padding, paddingMode, dilation, groups, outputPadding, kernelSize, mode,
            boundary, fillValue, scale, depth, anchor, delta, border, type, json];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    public string Input(ParseResult parsed) => Required(parsed.GetValue(input), "--input");

    public string Output(ParseResult parsed) => Required(parsed.GetValue(output), "--output");

    public string? Weight(ParseResult parsed) => parsed.GetValue(weight);

    public string? Bias(ParseResult parsed) => parsed.GetValue(bias);

    public bool IsJson(ParseResult parsed) => !parsed.GetValue(json) ? false
        : Output(parsed) != "-" ? true
        : throw new UsageException("--json and --output - both print to standard output: name a file for the result");

    public ElementType? Type(ParseResult parsed) => parsed.GetValue(type);

    public ConvRequest Request(ParseResult parsed)
    {
        string?[] files = [parsed.GetValue(input), parsed.GetValue(weight), parsed.GetValue(bias)];
        if (files.Count(file => file == ArrayFile.StandardInput) > 1)
        {
            throw new UsageException("standard input holds one array: only one of --input, --weight and --bias can be -");
        }

        var request = new ConvRequest
        {
            Operation = parsed.GetValue(op) ?? "conv2d",
            Convention = "torch",
            Stride = OrNull(parsed.GetValue(stride)),
            Padding = parsed.GetValue(padding),
            PaddingMode = parsed.GetValue(paddingMode),
            Dilation = OrNull(parsed.GetValue(dilation)),
            Groups = parsed.GetValue(groups),
            OutputPadding = OrNull(parsed.GetValue(outputPadding)),
            KernelSize = OrNull(parsed.GetValue(kernelSize)),
            Mode = parsed.GetValue(mode),
            Boundary = parsed.GetValue(boundary),
            FillValue = parsed.GetValue(fillValue),
            Scale = OrNull(parsed.GetValue(scale)),
            Depth = parsed.GetValue(depth),
            Anchor = OrNull(parsed.GetValue(anchor)),
            Delta = parsed.GetValue(delta),
            Border = parsed.GetValue(border),
        };
        return ConvOperations.Check(
            request, parsed.GetValue(convention), parsed.GetValue(weight) is not null, parsed.GetValue(bias) is not null);
    }

    // The parser returns an empty array for an option that is absent.
    private static T[]? OrNull<T>(T[]? values) => values is { Length: > 0 } ? values : null;

    private static string Required(string? value, string option) => value ?? throw new UsageException($"{option} FILE is required");

    private static Option<string> Words(string name, string description, params string[] words) =>
        Options.Choice<string>(name, description, [.. words.Select(w => (w, w))]);

    private static Option<double?> Real(string name, string description) =>
        Options.Of<double?>(name, "N", "a finite number", description, (string text, out double? value) => ReadReal(text, out value));

    private static Option<int[]?> Numbers(string name, int min, string description) =>
        Options.Of<int[]?>(
            name, "N[,N…]", $"one to three whole numbers from {min} up, such as 2 or 2,1", description, (string text, out int[]? value) =>
            ReadNumbers(text, out value) && value is { Length: <= 3 } && Array.TrueForAll(value, n => n >= min));

    private static bool ReadNumbers(string text, out int[]? numbers)
    {
        string[] parts = text.Split(',');
        numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadAnchor(string text, out int[]? anchor) =>
        ReadNumbers(text, out anchor) && anchor is { Length: 2 } && Array.TrueForAll(anchor, n => n >= -1);

    private static bool ReadScale(string text, out double[]? scale)
    {
        string[] parts = text.Split(',');
        scale = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!ReadReal(parts[i].Trim(), out double? number) || number <= 0)
            {
                return false;
            }

            scale[i] = number!.Value;
        }

        return scale.Length <= 2;
    }

    private static bool ReadReal(string text, out double? value)
    {
        bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        value = number;
        return read && double.IsFinite(number);
    }
}

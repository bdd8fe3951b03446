using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>What an argument of a filtering function is.</summary>
internal enum FilterArgument
{
    Image,
    Result,
    Kernel,
    Border,
    Bias,
    Anchor,
    Depth,

    /// <summary>The size of the result.</summary>
    Extent,

    /// <summary>A number that only 0 is read for.</summary>
    Zero,
}

/// <summary>A function of another library that applies a kernel to an image.</summary>
/// <param name="Parameters">Its parameters in their order.</param>
/// <param name="Operation">Whether it turns the kernel by 180°.</param>
/// <param name="Border">What it puts outside the image where nothing else is stated.</param>
internal sealed record FilterFunction((string Name, FilterArgument Kind)[] Parameters, Operation Operation, BorderMode Border)
{
    private static readonly (string, FilterArgument)[] OpenCvEnd =
        [("anchor", FilterArgument.Anchor), ("delta", FilterArgument.Bias), ("borderType", FilterArgument.Border)];

    private static readonly FilterFunction OpenCvInPython = new(
        [
            ("src", FilterArgument.Image), ("ddepth", FilterArgument.Depth), ("kernel", FilterArgument.Kernel),
            ("dst", FilterArgument.Result), .. OpenCvEnd,
        ],
        Operation.Correlation, BorderMode.Mirror);

    private static readonly FilterFunction OpenCv = new(
        [
            ("src", FilterArgument.Image), ("dst", FilterArgument.Result), ("ddepth", FilterArgument.Depth),
            ("kernel", FilterArgument.Kernel), .. OpenCvEnd,
        ],
        Operation.Correlation, BorderMode.Mirror);

    private static readonly (string, FilterArgument)[] Signal =
    [
        ("in1", FilterArgument.Image), ("in2", FilterArgument.Kernel), ("mode", FilterArgument.Extent), ("boundary", FilterArgument.Border),
        ("fillvalue", FilterArgument.Zero),
    ];

    private static readonly (string, FilterArgument)[] Ndimage =
    [
        ("input", FilterArgument.Image), ("weights", FilterArgument.Kernel), ("output", FilterArgument.Result),
        ("mode", FilterArgument.Border), ("cval", FilterArgument.Zero), ("origin", FilterArgument.Zero),
    ];

    private static readonly (string, FilterArgument)[] Conv2 =
        [("A", FilterArgument.Image), ("B", FilterArgument.Kernel), ("shape", FilterArgument.Extent)];

    /// <summary>The function of a name; null for others.</summary>
    /// <param name="language">The language of the text.</param>
    /// <param name="parts">The name between its points: scipy, signal, convolve2d.</param>
    public static FilterFunction? Of(ArrayLanguage language, string[] parts)
    {
        string module = parts.Length > 1 ? parts[^2] : "";
        return (language, parts[^1]) switch
        {
            (ArrayLanguage.Python, "filter2D") => OpenCvInPython,
            (ArrayLanguage.C, "filter2D") => OpenCv,
            (ArrayLanguage.Python, "convolve2d") => new(Signal, Operation.Convolution, BorderMode.Zero),
            (ArrayLanguage.Python, "correlate2d") => new(Signal, Operation.Correlation, BorderMode.Zero),
            (ArrayLanguage.Python, "convolve") when IsNdimage(module) => new(Ndimage, Operation.Convolution, BorderMode.Symmetric),
            (ArrayLanguage.Python, "correlate") when IsNdimage(module) => new(Ndimage, Operation.Correlation, BorderMode.Symmetric),
            (ArrayLanguage.Matlab, "conv2") => new(Conv2, Operation.Convolution, BorderMode.Zero),
            _ => null,
        };
    }

    /// <summary>The border of a word or a number; null for what is not read.</summary>
    public static BorderMode? BorderOf(string word) => word switch
    {
        "BORDER_CONSTANT" or "0" or "fill" or "constant" or "grid-constant" => BorderMode.Zero,
        "BORDER_REPLICATE" or "1" or "nearest" => BorderMode.Replicate,
        "BORDER_REFLECT" or "2" or "symm" or "reflect" or "grid-mirror" => BorderMode.Symmetric,
        "BORDER_REFLECT_101" or "BORDER_REFLECT101" or "BORDER_DEFAULT" or "4" or "mirror" => BorderMode.Mirror,
        "wrap" or "grid-wrap" => BorderMode.Wrap,
        _ => null,
    };

    private static bool IsNdimage(string module) => module is "ndimage" or "ndi" or "nd" or "filters";
}

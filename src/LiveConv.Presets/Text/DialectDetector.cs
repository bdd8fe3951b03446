using System.Text.RegularExpressions;

namespace LiveConv.Presets;

/// <summary>Tells whose kernel a text is. Each pattern runs in time that grows with the text's length alone.</summary>
internal static partial class DialectDetector
{
    /// <summary>Decides.</summary>
    public static KernelDialect Detect(string text)
    {
        text = text.Trim();
        bool hasBrackets = text.IndexOfAny(['[', '{', '(']) >= 0;
        return MagickCommand().IsMatch(text) ? KernelDialect.ImageMagick
            : IsFFmpeg(text, hasBrackets) ? KernelDialect.FFmpeg
            : hasBrackets || Assignment().IsMatch(text) ? OfArray(text)
            : !text.StartsWith('|') && IsImageMagick(text) ? KernelDialect.ImageMagick
            : KernelDialect.Numbers;
    }

    private static bool IsFFmpeg(string text, bool hasBrackets) =>
        FFmpegWords().IsMatch(text) || ConvolutionFilter().IsMatch(text) || LabelledFilter().IsMatch(text)
        || NumbersAndColon().IsMatch(text) || FilterName().IsMatch(text)
        || (!hasBrackets && FilterWithOptions().IsMatch(text));

    private static bool IsImageMagick(string text) =>
        text.Contains(':', StringComparison.Ordinal) || MagickName().IsMatch(text) || NoPart().IsMatch(text);

    private static KernelDialect OfArray(string text) =>
        OpenCvWords().IsMatch(text) ? KernelDialect.OpenCv
        : PythonWords().IsMatch(text) ? KernelDialect.Numpy
        : text.Contains('{', StringComparison.Ordinal) || CWords().IsMatch(text) ? KernelDialect.C
        : MatlabWords().IsMatch(text) || HasMatlabRows(text) ? KernelDialect.Matlab
        : KernelDialect.List;

    // A semicolon in brackets, or the end of a line between numbers where no row has brackets of its own.
    private static bool HasMatlabRows(string text)
    {
        int depth = 0;
        bool isNested = false;
        bool hasLines = false;
        char before = ' ';
        foreach (char c in text)
        {
            if (c == ';' && depth > 0)
            {
                return true;
            }

            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            isNested |= depth > 1;
            hasLines |= c == '\n' && depth == 1 && before is not (',' or '[');
            before = c is ' ' or '\n' ? before : c;
        }

        return hasLines && !isNested;
    }

    [GeneratedRegex(@"^(?:convert|magick|mogrify)\s|(?:^|\s)-(?:morphology|convolve)\s", RegexOptions.NonBacktracking)]
    private static partial Regex MagickCommand();

    [GeneratedRegex(@"^0m=|^(?:ffmpeg|ffplay)(?:\.exe)?\s|(?:^|\s)-(?:vf|lavfi|filter_complex|filter:v)\s", RegexOptions.NonBacktracking)]
    private static partial Regex FFmpegWords();

    [GeneratedRegex(@"(?:^|[^\w.])convolution(?:@\w+)?\s*(?:=|,|;|$)", RegexOptions.NonBacktracking)]
    private static partial Regex ConvolutionFilter();

    // [0:v]name=…, [in]name
    [GeneratedRegex(@"^\[(?:\d+:\w+|[A-Za-z]\w*)\]\s*[a-z]", RegexOptions.NonBacktracking)]
    private static partial Regex LabelledFilter();

    // 0 1 0 1 -4 1 0 1 0:…
    [GeneratedRegex(@"^['""]?[-+]?\d+(?:[ |]+[-+]?[\d.]+)+\s*:", RegexOptions.NonBacktracking)]
    private static partial Regex NumbersAndColon();

    [GeneratedRegex(@"^['""]?[a-z][a-z0-9_]*(?:=\S|,[a-z])", RegexOptions.NonBacktracking)]
    private static partial Regex FilterWithOptions();

    // Alone; sobel, prewitt, roberts and kirsch are kernels of ImageMagick's too.
    [GeneratedRegex(
        @"^['""]?(?:scharr|edgedetect|unsharp|convolve|[a-z]+blur|sab|dilation|erosion|median|cas|negate|\w+_(?:opencl|vulkan))['""]?$",
        RegexOptions.NonBacktracking)]
    private static partial Regex FilterName();

    [GeneratedRegex(@"^[A-Za-z_]\w*\s*[-+*/]?=", RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^['""]?\s*[A-Za-z]", RegexOptions.NonBacktracking)]
    private static partial Regex MagickName();

    [GeneratedRegex(@"(?:^|[\s,])(?:-|[Nn][Aa][Nn])(?:[\s,]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex NoPart();

    [GeneratedRegex(@"<<|cv::|(?:^|\W)Mat(?:_|x|1[fd])?\w*\s*[<(:]", RegexOptions.NonBacktracking)]
    private static partial Regex OpenCvWords();

    [GeneratedRegex(@"(?:^|\W)(?:np|numpy|torch|tf|jnp|cp|cupy)\.|(?:^|[^\w.])(?:as)?(?:array|tensor)\(", RegexOptions.NonBacktracking)]
    private static partial Regex PythonWords();

    [GeneratedRegex(@"(?:^|\s)(?:const|let|var|static|float|double|int|short|char|auto|byte|new)[\s\[<]", RegexOptions.NonBacktracking)]
    private static partial Regex CWords();

    [GeneratedRegex(
        @"fspecial|\]\s*\.?'|\w\.?'\s*(?:[;*\n]|$)|(?:^|[^\w.])(?:u?int(?:8|16|32|64)|double|single)\(\s*[\w\[]|\.\.\.\s*\n|^\s*%"
        + @"|(?:^|[^\w.])(?:(?:ones|zeros|eye)\(\s*\d|(?:conv2|imfilter|filter2)\()|\(:\)",
        RegexOptions.NonBacktracking)]
    private static partial Regex MatlabWords();
}

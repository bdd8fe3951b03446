using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>Where the kernel stands in a pasted command line of ImageMagick.</summary>
internal static class ImageMagickCommand
{
    /// <summary>Finds the kernel: all of a text, or what follows -morphology and its method.</summary>
    public static (int Start, int End, Operation Operation) Find(SourceText source)
    {
        List<ShellWord> words = ShellWord.Split(source);
        int option = words.FindIndex(word => word.Text is "-morphology" or "-convolve");
        if (option < 0)
        {
            return words.Count > 0 && words[0].Text is "convert" or "magick" or "mogrify"
                ? throw source.Error(words[0].Start, "this command has no -morphology with a kernel")
                : Quoted(source, words);
        }

        if (words[option].Text == "-convolve")
        {
            throw source.Error(
                words[option].Start,
                "ImageMagick 6 does not turn the kernel of -convolve: say which is meant, -morphology Convolve or -morphology Correlate");
        }

        if (words.Exists(word => word.Text.StartsWith("convolve:scale", StringComparison.Ordinal)))
        {
            throw source.Error(words[option].Start, "convolve:scale is not read: write its factor into the weights");
        }

        if (option + 2 >= words.Count)
        {
            throw source.Error(words[option].Start, "a method and a kernel follow -morphology");
        }

        string method = words[option + 1].Text.Split(':')[0];
        Operation operation = method.ToUpperInvariant() switch
        {
            "CONVOLVE" => Operation.Convolution,
            "CORRELATE" => Operation.Correlation,
            _ => throw source.Error(words[option + 1].Start, $"-morphology {method} is no sum of weights: Convolve and Correlate are"),
        };
        ShellWord kernel = words[option + 2];
        return (kernel.Start + kernel.Quotes, kernel.End - kernel.Quotes, operation);
    }

    // 'Sobel:90' as in a shell.
    private static (int Start, int End, Operation Operation) Quoted(SourceText source, List<ShellWord> words) =>
        words.Count == 1 && words[0].Quotes == 1
            ? (words[0].Start + 1, words[0].End - 1, Operation.Convolution)
            : (0, source.Text.Length, Operation.Convolution);
}

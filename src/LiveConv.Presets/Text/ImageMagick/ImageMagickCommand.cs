using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>Where the kernel stands in a pasted command line of ImageMagick, and what is done with it.</summary>
/// <param name="Start">Where the kernel starts in the text.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Operation">Whether it is turned.</param>
/// <param name="Scale">The value of convolve:scale, or null.</param>
internal readonly record struct MagickCommand(int Start, int End, Operation Operation, string? Scale);

/// <summary>Finds the kernel in a pasted command line of ImageMagick.</summary>
internal static class ImageMagickCommand
{
    /// <summary>Finds the kernel: all of a text, or what follows -morphology and its method.</summary>
    public static MagickCommand Find(SourceText source)
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

        const string Scale = "convolve:scale=";
        int bias = words.FindIndex(word => word.Text is "-bias" || word.Text.StartsWith("convolve:bias", StringComparison.Ordinal));
        if (bias >= 0)
        {
            throw source.Error(words[bias].Start, "ImageMagick's bias is not read: leave it out, and set the preset's response or bias");
        }

        int scale = words.FindIndex(word => word.Text.StartsWith(Scale, StringComparison.OrdinalIgnoreCase));

        if (option + 2 >= words.Count)
        {
            throw source.Error(words[option].Start, "a method and a kernel follow -morphology");
        }

        string method = words[option + 1].Text.Split(':')[0];
        Operation operation = method.ToUpperInvariant() switch
        {
            "CONVOLVE" => Operation.Convolution,
            "CORRELATE" => Operation.Correlation,
            _ => throw source.Error(
                words[option + 1].Start, $"-morphology {SourceText.Quote(method)} is no sum of weights: Convolve and Correlate are"),
        };
        ShellWord kernel = words[option + 2];
        return new(
            kernel.Start + kernel.Quotes, kernel.End - kernel.Quotes, operation, scale < 0 ? null : words[scale].Text[Scale.Length..]);
    }

    // 'Sobel:90' as in a shell.
    private static MagickCommand Quoted(SourceText source, List<ShellWord> words) =>
        words.Count == 1 && words[0].Quotes == 1
            ? new(words[0].Start + 1, words[0].End - 1, Operation.Convolution, null)
            : new(0, source.Text.Length, Operation.Convolution, null);
}

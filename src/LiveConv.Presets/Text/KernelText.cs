using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>
/// Kernels as other programs write them, in and out: the one grammar, for the command line and for the page. Safe on any thread.
/// </summary>
public static class KernelText
{
    /// <summary>A longer text is refused, in characters.</summary>
    public const int MaxLength = 1 << 16;

    /// <summary>Reads a text in the dialect that it is written in.</summary>
    /// <param name="text">What was pasted: a kernel, or the code or command line around it.</param>
    /// <returns>The kernels, and what else the text says about their use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="KernelTextException">The text is no kernel that is read here.</exception>
    public static KernelTextResult Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = new SourceText(text);
        KernelTextResult result = Read(source, DialectDetector.Detect(source.Text));
        string name = source.Text.Trim();
        string notice = $"{name} is taken as ImageMagick's kernel; FFmpeg's filter of that name is written {name}=scale=1";
        return result.Dialect == KernelDialect.ImageMagick && EdgeFilters.Names.Contains(name)
            ? result with { Notices = [.. result.Notices, notice] }
            : result;
    }

    /// <summary>Reads a text as one program's, whatever it looks like.</summary>
    /// <param name="text">What was pasted.</param>
    /// <param name="dialect">Whose text it is.</param>
    /// <returns>The kernels, and what else the text says about their use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="KernelTextException">The text is no kernel in that program's words.</exception>
    public static KernelTextResult Read(string text, KernelDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(new SourceText(text), dialect);
    }

    /// <summary>
    /// Writes a kernel so that the program's own operation has the same sums times the gain: turned by 180° if it turns kernels.
    /// </summary>
    /// <param name="kernel">The kernel. Its anchor is kept for ImageMagick alone; other programs lay the centre on the pixel.</param>
    /// <param name="dialect">For which program.</param>
    /// <param name="operation">What is done with the kernel here.</param>
    /// <param name="response">How sums become pixels here; written for FFmpeg alone.</param>
    /// <param name="gain">What sums are multiplied by here: a factor behind the kernel, or in the weights.</param>
    /// <param name="name">What the kernel is called in languages that name it, so that several can stand in one text.</param>
    /// <returns>The text; one line, except for <see cref="KernelDialect.Numbers"/> and kernels of several rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    /// <exception cref="KernelTextException">The program has no form for the kernel.</exception>
    public static string Write(
        Kernel kernel,
        KernelDialect dialect,
        Operation operation = Operation.Correlation,
        Response response = Response.Abs,
        float gain = 1,
        string name = "kernel")
    {
        ArgumentNullException.ThrowIfNull(kernel);
        KernelMaker.CheckGain(kernel, gain);
        Kernel upright = kernel.Upright(operation);
        return dialect switch
        {
            KernelDialect.ImageMagick => KernelWriter.ImageMagick(upright.Rotate180().Scale(gain)),
            KernelDialect.FFmpeg => KernelWriter.FFmpeg(upright, response, gain),
            _ => KernelWriter.Rows(upright, dialect, gain, name),
        };
    }

    // What shells and browsers put in place of bytes that are not UTF-8. Comments may hold it: only texts that cannot be read are searched.
    private static KernelTextResult Read(SourceText source, KernelDialect dialect)
    {
        try
        {
            KernelTextResult result = ReadAs(source, dialect);
            foreach (Kernel kernel in result.Kernels)
            {
                KernelMaker.CheckGain(kernel, result.Gain);
            }

            return result;
        }
        catch (KernelTextException) when (source.Text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new KernelTextException("the text is not UTF-8: save it as UTF-8");
        }
    }

    private static KernelTextResult ReadAs(SourceText source, KernelDialect dialect) => string.IsNullOrWhiteSpace(source.Text)
        ? throw new KernelTextException("there is no kernel in an empty text")
        : dialect switch
        {
            KernelDialect.Numbers => NumberLines.Read(source),
            KernelDialect.ImageMagick => ImageMagickText.Read(source),
            KernelDialect.FFmpeg => FFmpegText.Read(source),
            _ => ArrayText.Read(source, dialect),
        };
}

using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>
/// ImageMagick's kernel strings: <c>WxH+X+Y: 1,0,-1 …</c>, named kernels, and lists of both with <c>;</c>. Its Convolve turns kernels
/// by 180°, its Correlate does not. The rules are those of MagickCore/morphology.c.
/// </summary>
internal static partial class ImageMagickText
{
    /// <summary>More kernels than the nine of FreiChen:10 and the eight of a compass come from no text that people write.</summary>
    public const int MaxKernels = 32;

    /// <summary>Reads a kernel string, or a whole command line with -morphology.</summary>
    public static KernelTextResult Read(SourceText source)
    {
        (int start, int end, Operation operation, string? scale) = ImageMagickCommand.Find(source);
        var notices = new List<string>();
        var kernels = new List<MagickKernel>();
        for (int at = start; at < end;)
        {
            int stop = source.Text.IndexOf(';', at, end - at);
            stop = stop < 0 ? end : stop;
            if (!string.IsNullOrWhiteSpace(source.Text[at..stop]))
            {
                IEnumerable<MagickKernel> read = ImageMagickKernel.Read(source, at, stop);
                if (NameAndFlag().IsMatch(source.Text[at..stop]))
                {
                    notices.Add("ImageMagick itself wants a colon between a kernel's name and @, > or <, such as Kirsch:@");
                }

                kernels.AddRange(scale is null ? read : read.Select(kernel => MagickScale.Apply(kernel, scale)));
            }

            if (kernels.Count > MaxKernels)
            {
                throw source.Error(at, $"the text makes more than {MaxKernels} kernels");
            }

            at = stop + 1;
        }

        if (kernels.Count == 0)
        {
            throw new KernelTextException("there is no kernel in an empty text");
        }

        if (kernels.Count > 1)
        {
            string shown = kernels.Count == 2 ? "they are a pair, a map each" : "their largest answer is shown";
            string order = "one after another, unless morphology:compose is set";
            notices.Add($"ImageMagick lays the {kernels.Count} kernels of a list on {order}; here {shown}");
        }

        (Kernel Kernel, float Gain)[] made = [.. kernels.Select(kernel => kernel.ToKernel())];
        bool haveOneGain = Array.TrueForAll(made, kernel => kernel.Gain == made[0].Gain);
        return new KernelTextResult(KernelDialect.ImageMagick,
            [.. made.Select(kernel => haveOneGain ? kernel.Kernel : kernel.Kernel.Scale(kernel.Gain))])
        {
            Operation = operation,
            Gain = haveOneGain ? made[0].Gain : 1,
            Border = BorderMode.Replicate,
            Merge = kernels.Count > 2 ? Merge.Max : Merge.None,
            Notices = notices,
        };
    }

    [GeneratedRegex(@"^\s*[A-Za-z]+[@<>]", RegexOptions.NonBacktracking)]
    private static partial Regex NameAndFlag();
}

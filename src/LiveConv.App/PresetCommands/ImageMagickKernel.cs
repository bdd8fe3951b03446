using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>
/// ImageMagick's kernel strings: <c>WxH+X+Y: 1,0,-1 …</c>, <c>nan</c> or <c>-</c> for what is no part of the kernel, <c>@</c>,
/// <c>&gt;</c> and <c>&lt;</c> for its rotations by 45°, by 90° and mirrored. Its Convolve turns kernels by 180°, its Correlate does not.
/// </summary>
internal static partial class ImageMagickKernel
{
    public static ForeignKernels Read(string text)
    {
        var kernels = new List<Kernel>();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            kernels.AddRange(ReadOne(part));
        }

        return kernels.Count > 0
            ? new ForeignKernels(kernels, Operation.Convolution) { Border = "replicate" }
            : throw new LiveConvException("there is no kernel in an empty text");
    }

    public static string Write(Kernel kernel)
    {
        var text = new StringBuilder(FormattableString.Invariant($"{kernel.Width}x{kernel.Height}+{kernel.AnchorX}+{kernel.AnchorY}:"));
        for (int y = 0; y < kernel.Height; y++)
        {
            text.Append(' ').AppendJoin(',', Enumerable.Range(0, kernel.Width).Select(x => Numbers.Text(kernel[y, x])));
        }

        return text.ToString();
    }

    private static IEnumerable<Kernel> ReadOne(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string[] values = text[(colon + 1)..].Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Match head = Head().Match(colon < 0 ? "" : text[..colon].Trim());
        if (colon >= 0 && !head.Success)
        {
            throw new LiveConvException(
                $"\"{text[..colon]}\" is no size such as 3x3+1+1 (ImageMagick's named kernels are not read: LiveConv ships most of them as "
                + "presets)");
        }

        (int width, int height) = colon < 0 ? SquareOf(values.Length) : SizeOf(head);
        if (width * height != values.Length)
        {
            throw new LiveConvException($"a kernel of {width}x{height} has {width * height} weights; the text has {values.Length}");
        }

        var weights = new float[height, width];
        for (int i = 0; i < values.Length; i++)
        {
            weights[i / width, i % width] = values[i] is "-" || values[i].Equals("nan", StringComparison.OrdinalIgnoreCase)
                ? 0
                : Numbers.Read(values[i]);
        }

        // ImageMagick's origin is the centre, for even sizes the one above and left of it.
        var kernel = new Kernel(weights);
        (int x, int y) = head.Groups["x"].Success ? (Whole(head, "x"), Whole(head, "y")) : ((width - 1) / 2, (height - 1) / 2);
        if (x >= width || y >= height)
        {
            throw new LiveConvException($"the origin +{x}+{y} lies outside the kernel of {width}x{height}");
        }

        return Turn(kernel.WithAnchor(x, y), head.Groups["turn"].Value);
    }

    private static (int Width, int Height) SquareOf(int count)
    {
        int side = (int)Math.Sqrt(count);
        return side * side == count && side % 2 == 1
            ? (side, side)
            : throw new LiveConvException(
                $"without a size such as 3x1: in front a kernel is a square of odd side; the text has {count} weights");
    }

    private static (int Width, int Height) SizeOf(Match head)
    {
        int width = Whole(head, "w");
        int height = head.Groups["h"].Success ? Whole(head, "h") : width;
        return width is >= 1 and <= FilterBank.MaxKernelSize && height is >= 1 and <= FilterBank.MaxKernelSize
            ? (width, height)
            : throw new LiveConvException(
                $"a kernel of {width}x{height} does not fit: 1x1 to {FilterBank.MaxKernelSize}x{FilterBank.MaxKernelSize} do");
    }

    private static int Whole(Match head, string group) =>
        int.TryParse(head.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : int.MaxValue;

    private static IEnumerable<Kernel> Turn(Kernel kernel, string how)
    {
        if (how == "@" && (kernel.Width != 3 || kernel.Height != 3))
        {
            throw new LiveConvException($"@ turns kernels of 3x3 by 45 degrees; this one is {kernel.Width}x{kernel.Height}");
        }

        Kernel quarter = KernelTurns.ByQuarter(kernel);
        return how switch
        {
            "@" => KernelTurns.Until(kernel, KernelTurns.ByEighth),
            ">" => KernelTurns.Until(kernel, KernelTurns.ByQuarter),
            "<" => [kernel, kernel.Flip(), quarter.Flip(), quarter],
            _ => [kernel],
        };
    }

    [GeneratedRegex(@"^(?<w>\d{1,4})(x(?<h>\d{1,4}))?(\+(?<x>\d{1,4})\+(?<y>\d{1,4}))?(?<turn>[@<>]?)$")]
    private static partial Regex Head();
}

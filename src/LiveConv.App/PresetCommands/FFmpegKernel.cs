using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>
/// FFmpeg's <c>convolution</c> filter: 9, 25 or 49 whole numbers, not turned (a correlation), <c>0rdiv</c> as gain (0 is one over the
/// sum) and <c>0bias</c>; rows and columns by <c>0mode</c>. Only the first plane, the luma, is read.
/// </summary>
internal static class FFmpegKernel
{
    private static readonly string[] Positions =
        ["0m", "1m", "2m", "3m", "0rdiv", "1rdiv", "2rdiv", "3rdiv", "0bias", "1bias", "2bias", "3bias", "0mode"];

    public static ForeignKernels Read(string text)
    {
        Dictionary<string, string> options = Options(text.Trim());
        float[] weights = [
            .. options.GetValueOrDefault("0m", "0 0 0 0 1 0 0 0 0").Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Numbers.Read)];
        Kernel kernel = Shape(weights, options.GetValueOrDefault("0mode", "square"));
        float rdiv = Numbers.Read(options.GetValueOrDefault("0rdiv", "0"));
        float sum = weights.Sum();
        float bias = Numbers.Read(options.GetValueOrDefault("0bias", "0"));
        return new ForeignKernels([kernel], Operation.Correlation)
        {
            Gain = rdiv != 0 ? rdiv : sum != 0 ? 1 / sum : 1,
            Response = bias == 128 ? Response.Offset128 : Response.Positive,
            Bias = bias == 128 ? 0 : bias,
        };
    }

    /// <summary>Writes a kernel that is laid on as written.</summary>
    /// <exception cref="LiveConvException">FFmpeg's filter has no form for the kernel.</exception>
    public static string Write(Kernel kernel, Response response, float gain)
    {
        bool isSquare = kernel.Width == kernel.Height && kernel.Width is 3 or 5 or 7;
        bool isLine = (kernel.Width == 1 || kernel.Height == 1) && kernel.Weights.Length % 2 == 1;
        if (!kernel.IsInteger || !(isSquare || isLine) || kernel.AnchorX != kernel.Width / 2 || kernel.AnchorY != kernel.Height / 2)
        {
            throw new LiveConvException(
                $"FFmpeg's convolution takes whole weights in 3x3, 5x5, 7x7, or an odd row or column, round their centre; this kernel "
                + $"is {kernel.Width}x{kernel.Height}");
        }

        // FFmpeg cuts what is below 0: for the negative sums the kernel is negated.
        kernel = response == Response.Negative ? kernel.Negate() : kernel;
        string mode = isSquare ? "" : kernel.Height == 1 ? ":0mode=row" : ":0mode=column";
        string bias = response == Response.Offset128 ? ":0bias=128" : "";
        return $"convolution=0m='{string.Join(' ', kernel.Weights.ToArray().Select(Numbers.Text))}':0rdiv={Numbers.Text(gain)}{bias}{mode}";
    }

    private static Dictionary<string, string> Options(string text)
    {
        const string Name = "convolution=";
        text = text.StartsWith(Name, StringComparison.Ordinal) ? text[Name.Length..] : text;
        var options = new Dictionary<string, string>();
        int position = 0;
        foreach (string part in text.Split(':'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals >= 0 ? part[..equals] : position < Positions.Length ? Positions[position++] : "";
            options[name] = part[(equals + 1)..].Trim('\'', '"', ' ');
        }

        return options;
    }

    private static Kernel Shape(float[] weights, string mode)
    {
        int side = (int)Math.Sqrt(weights.Length);
        (int width, int height) = mode switch
        {
            "row" => (weights.Length, 1),
            "column" => (1, weights.Length),
            _ when weights.Length is 9 or 25 or 49 => (side, side),
            _ => throw new LiveConvException($"FFmpeg's convolution has 9, 25 or 49 weights; the text has {weights.Length}"),
        };
        if (Math.Max(width, height) > FilterBank.MaxKernelSize || weights.Length == 0)
        {
            throw new LiveConvException(
                $"a kernel of {width}x{height} does not fit: 1x1 to {FilterBank.MaxKernelSize}x{FilterBank.MaxKernelSize} do");
        }

        var rectangle = new float[height, width];
        Buffer.BlockCopy(weights, 0, rectangle, 0, weights.Length * sizeof(float));
        return new Kernel(rectangle);
    }
}

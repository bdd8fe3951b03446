using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>One kernel of an ImageMagick string, with its rotations.</summary>
internal static class ImageMagickKernel
{
    public static List<MagickKernel> Read(SourceText source, int start, int end)
    {
        string text = source.Text;
        while (char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return char.IsAsciiLetter(text[start]) && !IsNan(text[start..end]) ? Named(source, start, end) : Own(source, start, end);
    }

    private static bool IsNan(string text) =>
        text.StartsWith("nan", StringComparison.OrdinalIgnoreCase) && (text.Length == 3 || !char.IsAsciiLetter(text[3]));

    private static List<MagickKernel> Named(SourceText source, int start, int end)
    {
        int stop = start;
        while (stop < end && char.IsAsciiLetter(source.Text[stop]))
        {
            stop++;
        }

        string name = At(source, start, () => NamedKernels.Check(source.Text[start..stop]));
        if (stop < end && !char.IsWhiteSpace(source.Text[stop]) && source.Text[stop] is not (':' or ',' or '<' or '>' or '@'))
        {
            string rest = source.Text[stop..end].Trim();
            string right = SourceText.Quote($"{source.Text[start..stop]}:{rest}");
            throw source.Error(stop, $"{SourceText.Quote(rest)} stands at once behind a kernel's name: write {right}");
        }

        string arguments = source.Text[stop..end].Trim(' ', '\n', ':', ',');
        return MagickGeometry.TryRead(arguments, out MagickGeometry geometry)
            ? At(source, start, () => Expand(NamedKernels.Make(name, geometry), geometry.Flag))
            : throw source.Error(stop, $"{SourceText.Quote(arguments)} are no numbers such as 0x1 for ImageMagick's {name}");
    }

    // One list of kernels is not turned again.
    private static List<MagickKernel> Expand(List<MagickKernel> kernels, char flag) => kernels.Count > 1 ? kernels : flag switch
    {
        '@' => kernels[0].Turns(45),
        '>' => kernels[0].Turns(90),
        '<' => kernels[0].Mirrors(),
        _ => kernels,
    };

    private static List<MagickKernel> Own(SourceText source, int start, int end)
    {
        int colon = source.Text.IndexOf(':', start, end - start);
        MagickGeometry size = default;
        if (colon >= 0 && !MagickGeometry.TryRead(source.Text[start..colon].TrimEnd(), out size))
        {
            throw source.Error(start, $"{SourceText.Quote(source.Text[start..colon])} is no size such as 3x3+1+1");
        }

        List<Ratio> cells = Cells(source, colon < 0 ? start : colon + 1, end);
        (int width, int height) = colon < 0 ? Square(source, start, cells.Count) : At(source, start, () => Sides(size));
        if (cells.Count != width * height)
        {
            throw source.Error(start, $"a kernel of {width}x{height} has {width * height} weights; the text has {cells.Count}");
        }

        if (cells.TrueForAll(cell => double.IsNaN(cell.Above)))
        {
            throw source.Error(start, "no weight is part of this kernel: one at least is a number");
        }

        MagickKernel kernel = MagickKernel.Centred(null, width, height, (y, x) => cells[y * width + x]);
        kernel = kernel with { X = Origin(size.X, kernel.X), Y = Origin(size.Y, kernel.Y) };
        return kernel.X < 0 || kernel.Y < 0 || kernel.X >= width || kernel.Y >= height
            ? throw source.Error(start, $"the origin +{kernel.X}+{kernel.Y} lies outside the kernel of {width}x{height}")
            : At(source, start, () => Expand([kernel], size.Flag));
    }

    private static int Origin(double? given, int centre) =>
        given is null ? centre : (int)Math.Clamp(given.Value, -1, FilterBank.MaxKernelSize);

    private static (int Width, int Height) Square(SourceText source, int place, int count)
    {
        int side = (int)Math.Sqrt(count);
        return side * side == count && side % 2 == 1 && side <= FilterBank.MaxKernelSize
            ? (side, side)
            : throw source.Error(
                place, $"without a size such as 3x1: in front a kernel is a square of odd side; the text has {count} weights");
    }

    private static (int Width, int Height) Sides(MagickGeometry size)
    {
        double width = size.Width ?? size.Height ?? 0;
        double height = size.Height ?? width;
        KernelMaker.CheckSize(width, height);
        return ((int)width, (int)height);
    }

    private static List<Ratio> Cells(SourceText source, int start, int end)
    {
        var cells = new List<Ratio>();
        for (int at = start; at < end; at++)
        {
            int stop = at;
            while (stop < end && !char.IsWhiteSpace(source.Text[stop]) && source.Text[stop] != ',')
            {
                stop++;
            }

            if (stop == at)
            {
                continue;
            }

            string word = source.Text[at..stop];
            bool isNoPart = word == "-" || word.Equals("nan", StringComparison.OrdinalIgnoreCase);
            Ratio value = double.NaN;
            if (!isNoPart && !NumberText.TryRead(word, out value))
            {
                throw source.Error(at, $"{SourceText.Quote(word)} is no finite number");
            }

            cells.Add(value);
            at = stop;
        }

        return cells;
    }

    private static T At<T>(SourceText source, int place, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (KernelTextException e) when (e.Line == 0)
        {
            throw source.Error(place, e.Message);
        }
    }
}

using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>Kernels of array expressions.</summary>
internal static partial class ArrayText
{
    private const int MinFlatSquare = 9;

    /// <summary>Reads the arrays of a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="dialect">Whose expression it looks like.</param>
    public static KernelTextResult Read(SourceText source, KernelDialect dialect)
    {
        ArrayLanguage language = dialect switch
        {
            KernelDialect.Matlab => ArrayLanguage.Matlab,
            KernelDialect.OpenCv or KernelDialect.C => ArrayLanguage.C,
            _ => ArrayLanguage.Python,
        };

        // Arrays in braces and Mats are compiled languages', those in brackets JavaScript's.
        bool isCompiled = dialect == KernelDialect.OpenCv || source.Text.Contains('{', StringComparison.Ordinal);
        (IReadOnlyList<ArrayValue> arrays, KernelDialect? named, IReadOnlyList<string> unkept) =
            ArrayParser.Read(source, language, cutsDivisions: language == ArrayLanguage.C && isCompiled);
        if (arrays.Count > ImageMagickText.MaxKernels)
        {
            throw new KernelTextException($"the text has {arrays.Count} kernels; at most {ImageMagickText.MaxKernels} are read at once");
        }

        var notices = new List<string>(unkept);
        (Kernel Kernel, float Gain)[] made = [.. arrays.Select(array => Make(array, notices))];
        if (dialect == KernelDialect.List && RowsInOneLine().IsMatch(source.Text))
        {
            notices.Add("rows without commas between them are read as numpy prints them; Matlab would put them side by side");
        }

        bool haveOneGain = Array.TrueForAll(made, kernel => kernel.Gain == made[0].Gain);
        dialect = named ?? dialect;
        KernelUse? use = arrays[0].Use;
        use ??= dialect == KernelDialect.OpenCv ? new KernelUse("OpenCV's filter2D", Operation.Correlation, BorderMode.Mirror) : null;
        return new KernelTextResult(dialect, [.. made.Select(kernel => haveOneGain ? kernel.Kernel : kernel.Kernel.Scale(kernel.Gain))])
        {
            Gain = haveOneGain ? made[0].Gain : 1,
            Operation = use?.Operation,
            OperationNotice = use is null ? null : $"taken as {use.Function} applies kernels: a {JsonName.Of(use.Operation)}",
            Border = use?.Border,
            Bias = use?.Bias is 128 ? 0 : use?.Bias ?? 0,
            Response = use?.Bias switch { null or 0 => null, 128 => Response.Offset128, _ => Response.Positive },
            Merge = made.Length > 2 ? Merge.Max : Merge.None,
            Notices = made.Length > 2 ? [.. notices, $"{made.Length} kernels are shown by their largest answer"] : notices,
        };
    }

    [GeneratedRegex(@"\] *\[", RegexOptions.NonBacktracking)]
    private static partial Regex RowsInOneLine();

    private static (Kernel Kernel, float Gain) Make(ArrayValue array, List<string> notices)
    {
        (Kernel kernel, float gain) = MakeCentred(array, notices);
        return (array.Use?.Anchor is { } anchor ? kernel.WithAnchor(anchor.X, anchor.Y) : kernel, gain);
    }

    private static (Kernel Kernel, float Gain) MakeCentred(ArrayValue array, List<string> notices)
    {
        int side = (int)Math.Sqrt(array.Cells.Length);
        if (array.IsFlatList && side * side == array.Cells.Length && array.Cells.Length >= MinFlatSquare)
        {
            notices.Add($"a list of {array.Cells.Length} numbers is taken as a square of {side}x{side}; a row is written [[…]]");
            return KernelMaker.Make(array.Cells, side, side);
        }

        return KernelMaker.Make(array.Cells, array.Width, array.Height);
    }
}

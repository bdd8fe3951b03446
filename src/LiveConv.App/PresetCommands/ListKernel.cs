using System.Text.Json;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Lists of rows, as JSON, Python and numpy write and print them: <c>[[1, 0, -1], …]</c>, <c>array([[ 1  0 -1] …])</c>.</summary>
internal static partial class ListKernel
{
    public static ForeignKernels Read(string text)
    {
        string list = Wrapping().Replace(text.Trim(), "$1");
        list = Gaps().Replace(list, "$1, ");
        list = BareDot().Replace(list, "$1");
        try
        {
            float[][] rows = [
                .. JsonDocument.Parse(list).RootElement.EnumerateArray()
                .Select(row => row.EnumerateArray().Select(w => w.GetSingle()).ToArray())];
            return new ForeignKernels([FromRows(rows)], Operation.Correlation);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new LiveConvException(
                $"this is no list of rows of numbers such as [[1, 0, -1], [1, 0, -1]]: {text.ReplaceLineEndings(" ")}", e);
        }
    }

    public static string Write(Kernel kernel) =>
        $"[{string.Join(", ", Enumerable.Range(0, kernel.Height).Select(y => $"[{string.Join(", "
        + "", Enumerable.Range(0, kernel.Width).Select(x => Numbers.Text(kernel[y, x])))}]"))}]";

    public static Kernel FromRows(IReadOnlyList<float[]> rows)
    {
        if (rows.Count == 0 || rows[0].Length == 0 || rows.Any(row => row.Length != rows[0].Length))
        {
            throw new LiveConvException("a kernel has at least one row, and all its rows have the same number of weights");
        }

        if (rows.Count > FilterBank.MaxKernelSize || rows[0].Length > FilterBank.MaxKernelSize
            || rows.Any(row => row.Any(w => !float.IsFinite(w))))
        {
            throw new LiveConvException(
                $"a kernel of {rows[0].Length}x{rows.Count} does not fit: finite weights, 1x1 "
                + $"to {FilterBank.MaxKernelSize}x{FilterBank.MaxKernelSize}");
        }

        var weights = new float[rows.Count, rows[0].Length];
        for (int y = 0; y < rows.Count; y++)
        {
            for (int x = 0; x < rows[y].Length; x++)
            {
                weights[y, x] = rows[y][x];
            }
        }

        return new Kernel(weights);
    }

    // numpy's repr: array([[…]], dtype=int8)
    [GeneratedRegex(@"^(?:\w+\.)?array\((.*?)(?:,\s*dtype=[^)]*)?\)$", RegexOptions.Singleline)]
    private static partial Regex Wrapping();

    // numpy's str: blanks stand between numbers, and between rows.
    [GeneratedRegex(@"([\d.\]])\s+(?=[-+\d.\[])")]
    private static partial Regex Gaps();

    // "1." is no JSON number.
    [GeneratedRegex(@"(\d)\.(?!\d)")]
    private static partial Regex BareDot();
}

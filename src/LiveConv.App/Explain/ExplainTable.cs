using System.Globalization;
using System.Text;
using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>Lays out an explanation, no wider than the terminal.</summary>
internal static class ExplainTable
{
    /// <summary>
    /// Window, kernel and products: side by side where they fit, else one below the other, with the middle elided where even that is too
    /// wide.
    /// </summary>
    public static string Of(ImageWindow window, Kernel kernel, int width)
    {
        string[] image = Block(
            "window ([ ] = outside)", kernel, width, (y, x) => window.IsInside(y, x) ? Number(window[y, x]) : $"[{Number(window[y, x])}]");
        string[] weights = Block("kernel", kernel, width, (y, x) => Number(kernel[y, x]));
        string[] products = Block("products, element-wise", kernel, width, (y, x) => Number(window[y, x] * kernel[y, x]));
        string text = Beside(width, image, " x ", weights, " = ", products) ?? string.Join(
            "\n\n", ((string[][])[image, weights, products]).Select(b => string.Join('\n', b.Select(line => line.TrimEnd()))));
        return $"{text}\nsum of the products = {Number(window.Sum)}";
    }

    /// <summary>
    /// Four decimals, or four digits where those would be zeros, or an exponent beyond what is exact.
    /// </summary>
    // Adding 0 turns -0 into 0.
    public static string Number(double value) => (value + 0.0).ToString(
        Math.Abs(value) is > 0 and < 0.1 ? "G4" : Math.Abs(value) < 1e16 ? "0.####" : "R", CultureInfo.InvariantCulture);

    public static string Pixel(double sum, Filter filter)
    {
        (double value, double pixel) = PixelOf(sum, filter);
        string how = filter.Response switch
        {
            Response.Abs => $"|{Number(value)}|",
            Response.Offset128 => $"{Number(value)} + 128",
            Response.Positive => Number(value),
            _ => $"-({Number(value)})",
        };
        string gain = filter.Gain == 1 ? "" : $"{Number(sum)} x gain {Number(filter.Gain)} = {Number(value)}, ";
        double clamped = Math.Clamp(pixel, 0, 255);
        string cut = clamped == pixel ? "" : $", cut to {Number(clamped)}";
        return $"pixel: {gain}{JsonName.Of(filter.Response)}: {how} = {Number(pixel)}{cut}";
    }

    /// <summary>The sum times the gain, rounded, and what the response makes of it, before it is cut to 0 to 255.</summary>
    public static (double Value, double Pixel) PixelOf(double sum, Filter filter)
    {
        double value = Math.Round(sum * filter.Gain, MidpointRounding.ToEven);
        return (value, filter.Response switch
        {
            Response.Abs => Math.Abs(value),
            Response.Offset128 => value + 128,
            Response.Positive => value,
            _ => -value,
        });
    }

    public static string Equation(string axis, int input, int kernel, int stride, int padding, int output) =>
        $"output {axis} = floor(({input} + 2*{padding} - {kernel}) / {stride}) + 1 = {output}";

    public static string SameSize(NumberArray image, Kernel kernel) =>
        $"output size: {Padded("height", image.Shape[0], kernel.Height)}; {Padded("width", image.Shape[1], kernel.Width)}";

    // Even kernels need one row less on one side.
    private static string Padded(string axis, int input, int kernel) => $"{axis} ({input} + {kernel - 1} - {kernel}) / 1 + 1 = {input}";

    private static string[] Block(string title, Kernel kernel, int max, Func<int, int, string> cell)
    {
        int[] rows = Shown(kernel.Height, 15);
        int[] columns = Shown(kernel.Width, int.MaxValue);
        while (true)
        {
            string[] block = Lines(title, rows, columns, cell);
            if (block.Max(line => line.Length) <= max || columns.Length <= 3)
            {
                return block;
            }

            columns = Shown(kernel.Width, columns.Length - 1);
        }
    }

    private static string[] Lines(string title, int[] rows, int[] columns, Func<int, int, string> cell)
    {
        string Cell(int y, int x) => y < 0 || x < 0 ? "…" : cell(y, x);
        int wide = rows.Max(y => columns.Max(x => Cell(y, x).Length));
        string[] lines = [title, .. rows.Select(y => string.Join(' ', columns.Select(x => Cell(y, x).PadLeft(wide))))];
        int length = lines.Max(line => line.Length);
        return Array.ConvertAll(lines, line => line.PadRight(length));
    }

    // The first and last indices; -1 marks what is elided between them.
    private static int[] Shown(int count, int max)
    {
        if (count <= max)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int first = max / 2;
        return [.. Enumerable.Range(0, first), -1, .. Enumerable.Range(count - (max - first - 1), max - first - 1)];
    }

    private static string? Beside(int width, string[] a, string first, string[] b, string second, string[] c)
    {
        if (a[0].Length + b[0].Length + c[0].Length + first.Length + second.Length > width)
        {
            return null;
        }

        var text = new StringBuilder();
        int middle = (a.Length - 1) / 2 + (a.Length > 2 ? 0 : 1);
        for (int i = 0; i < a.Length; i++)
        {
            bool shows = i == Math.Max(1, middle);
            string line =
                a[i] + (shows ? first : new string(' ', first.Length)) + b[i] + (shows ? second : new string(' ', second.Length)) + c[i];
            text.Append(i == 0 ? "" : "\n").Append(line.TrimEnd());
        }

        return text.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace LiveConv.App;

/// <summary>The loss over the steps, as an SVG image with a logarithmic scale.</summary>
internal static class LossPlot
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Margin = 60;

    public static string Svg(IReadOnlyList<double> losses)
    {
        double floor = Math.Max(losses.Max() * 1e-12, double.Epsilon);
        double[] logs = [.. losses.Select(loss => Math.Log10(Math.Max(loss, floor)))];
        int top = (int)Math.Ceiling(logs.Max());
        int bottom = Math.Min(top - 1, (int)Math.Floor(logs.Min()));
        double X(int step) => Margin + (Width - 1.5 * Margin) * step / Math.Max(1, losses.Count - 1);
        double Y(double log) => Margin / 2.0 + (Height - 1.5 * Margin) * (top - log) / (top - bottom);

        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        for (int power = bottom; power <= top; power += Math.Max(1, (top - bottom) / 8))
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{Margin} {Y(power):0.#}H{Width - Margin / 2}\" stroke=\"#ddd\"/><text x=\"{Margin - 6}\" "
                + $"y=\"{Y(power) + 4:0.#}\" text-anchor=\"end\">1e{power}</text>\n");
        }

        string points =
            string.Join(' ', logs.Select((log, step) => string.Create(CultureInfo.InvariantCulture, $"{X(step):0.#},{Y(log):0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"#06c\" stroke-width=\"2\"/>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Width / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">step (0 to {losses.Count - 1})</text>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"14\" y=\"{Height / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {Height / 2})\">mean squared "
            + $"error</text>\n</svg>\n");
        return svg.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace LiveConv.App;

/// <summary>A curve of a plot.</summary>
/// <param name="Name">What the legend calls it; empty for none.</param>
/// <param name="Colour">Its colour, as SVG has it.</param>
/// <param name="Values">Its values, one for each step.</param>
internal sealed record PlotCurve(string Name, string Colour, IReadOnlyList<double> Values);

/// <summary>Axes with curves in an SVG image, one below the other.</summary>
/// <param name="Number">Which from above, from 0.</param>
/// <param name="Steps">What stands below.</param>
/// <param name="Amount">What stands to the left.</param>
internal sealed record PlotPanel(int Number, string Steps, string Amount)
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Margin = 60;

    private int Top => Number * Height;

    /// <summary>Starts an image.</summary>
    public static void Open(StringBuilder svg, int panels)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {panels * Height}\" font-family=\"sans-serif\" "
            + $"font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{panels * Height}\" fill=\"white\"/>\n");
    }

    /// <summary>Ends an image.</summary>
    public static void Close(StringBuilder svg) => svg.Append("</svg>\n");

    /// <summary>Draws curves over powers of ten.</summary>
    public void DrawLogarithmic(StringBuilder svg, params IReadOnlyList<PlotCurve> curves)
    {
        double[] all = [.. curves.SelectMany(curve => curve.Values).Where(double.IsFinite).DefaultIfEmpty(1)];
        double floor = Math.Max(all.Max() * 1e-12, double.Epsilon);
        double Log(double value) => double.IsFinite(value) ? Math.Log10(Math.Max(value, floor)) : Math.Log10(Math.Max(all.Max(), floor));
        int top = (int)Math.Ceiling(all.Max(Log));
        int bottom = Math.Min(top - 1, (int)Math.Floor(all.Min(Log)));
        int step = Math.Max(1, (top - bottom) / 8);
        Draw(
            svg, bottom, top, [.. Enumerable.Range(0, (top - bottom) / step + 1).Select(n => (double)(bottom + n * step))],
            power => $"1e{power}", Log, curves);
    }

    /// <summary>Draws curves of fractions, 0 to 1.</summary>
    public void DrawFractions(StringBuilder svg, params IReadOnlyList<PlotCurve> curves) => Draw(
        svg, 0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1], fraction => string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:0} %"),
        fraction => fraction, curves);

    private void Draw(
        StringBuilder svg, double low, double high, double[] ticks, Func<double, string> nameOf, Func<double, double> scale,
        IReadOnlyList<PlotCurve> curves)
    {
        double Y(double value) => Top + Margin / 2.0 + (Height - 1.5 * Margin) * (high - value) / (high - low);
        foreach (double tick in ticks)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path d=\"M{Margin} {Y(tick):0.#}H{Width - Margin / 2}\" stroke=\"#ddd\"/><text x=\"{Margin - 6}\" "
                + $"y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{nameOf(tick)}</text>\n");
        }

        for (int c = 0; c < curves.Count; c++)
        {
            PlotCurve curve = curves[c];
            double X(int step) => Margin + (Width - 1.5 * Margin) * step / Math.Max(1, curve.Values.Count - 1);
            string points = string.Join(' ', curve.Values.Select(
                (value, step) => string.Create(CultureInfo.InvariantCulture, $"{X(step):0.#},{Y(scale(value)):0.#}")));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{curve.Colour}\" stroke-width=\"2\"/>\n");
            if (curve.Name.Length > 0)
            {
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text x=\"{Width - Margin / 2}\" y=\"{Top + Margin / 2.0 + 16 * (c + 1)}\" text-anchor=\"end\" "
                    + $"fill=\"{curve.Colour}\">{curve.Name}</text>\n");
            }
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Width / 2}\" y=\"{Top + Height - 12}\" text-anchor=\"middle\">{Steps}</text>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"14\" y=\"{Top + Height / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {Top + Height / 2})\">"
            + $"{Amount}</text>\n");
    }
}

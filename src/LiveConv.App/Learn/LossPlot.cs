using System.Text;

namespace LiveConv.App;

/// <summary>The loss over the steps, as an SVG image with a logarithmic scale.</summary>
internal static class LossPlot
{
    public static string Svg(IReadOnlyList<double> losses)
    {
        var svg = new StringBuilder();
        PlotPanel.Open(svg, panels: 1);
        var panel = new PlotPanel(0, $"step (0 to {losses.Count - 1})", "mean squared error");
        panel.DrawLogarithmic(svg, new PlotCurve("", "#06c", losses));
        PlotPanel.Close(svg);
        return svg.ToString();
    }
}

using System.Text;
using LiveConv.Training;

namespace LiveConv.App;

/// <summary>Loss and accuracy over the epochs, as an SVG image.</summary>
internal static class TrainingPlot
{
    private const string Learned = "#06c";
    private const string Measured = "#c60";

    public static string Svg(IReadOnlyList<EpochSummary> epochs)
    {
        var svg = new StringBuilder();
        PlotPanel.Open(svg, panels: 2);
        string steps = $"epoch (1 to {epochs.Count})";
        new PlotPanel(0, steps, "cross-entropy").DrawLogarithmic(
            svg, Curves(epochs, epoch => epoch.Loss, epoch => epoch.ValidationLoss));
        new PlotPanel(1, steps, "accuracy").DrawFractions(
            svg, Curves(epochs, epoch => epoch.Accuracy, epoch => epoch.ValidationAccuracy));
        PlotPanel.Close(svg);
        return svg.ToString();
    }

    private static PlotCurve[] Curves(
        IReadOnlyList<EpochSummary> epochs, Func<EpochSummary, double> learned, Func<EpochSummary, double?> measured)
    {
        var first = new PlotCurve("learned from", Learned, [.. epochs.Select(learned)]);
        return epochs.Any(epoch => measured(epoch) is null)
            ? [first]
            : [first, new PlotCurve("measured with", Measured, [.. epochs.Select(epoch => measured(epoch)!.Value)])];
    }
}

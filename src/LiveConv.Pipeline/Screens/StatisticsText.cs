using System.Globalization;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>The statistics in a few short lines, for drawing into an image.</summary>
public static class StatisticsText
{
    /// <summary>Formats the lines. Allocates: call it a few times a second, not for every frame.</summary>
    /// <param name="preset">The preset of the displayed maps.</param>
    /// <param name="now">The figures.</param>
    /// <returns>Preset, rates, work, age, and what was dropped when something was.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<string> Of(Preset preset, StatsSnapshot now)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(now);
        Percentiles convolve = now.Ms["convolve"];
        List<string> lines =
        [
            preset.Name,
            Line($"fps in {now.Fps.In:0.0} out {now.Fps.Out:0.0} shown {now.Fps.Shown:0.0}"),
            Line($"convolve {convolve.P50:0.00} ms, p95 {convolve.P95:0.00}"),
            Line($"age {now.Age.P50:0.0} ms, p95 {now.Age.P95:0.0}"),
        ];
        if (now.Frames.Dropped.Count > 0)
        {
            lines.Add("dropped " + string.Join(", ", now.Frames.Dropped.Select(d => Line($"{d.Value} {d.Key}"))));
        }

        return lines;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

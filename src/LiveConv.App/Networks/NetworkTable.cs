using System.Globalization;
using LiveConv.Networks;

namespace LiveConv.App;

/// <summary>A network's layers as lines.</summary>
internal static class NetworkTable
{
    private const int Indent = 4;
    private const int LongestName = 40;

    /// <summary>The lines: the network, each layer, the totals.</summary>
    public static IEnumerable<string> Lines(Network network, NetworkTimes times, int width)
    {
        string producer = network.Producer.Length > 0 ? $", written by {network.Producer}" : "";
        string outputs = string.Join(", ", network.Outputs.Select(output => $"{Short(output.Name)} {Shape(output.Shape)}"));
        string name = network.Name.Length > 0 ? $"{network.Name}: " : "";
        var lines = new List<string>();
        lines.AddRange(Paragraph.Lines(
            $"{name}ONNX opset {network.Opset}{producer}; input {Short(network.Layers[0].Name)} {Shape(network.Layers[0].Shape)}; "
            + $"output {outputs}", width));
        foreach (NetworkLayer layer in network.Layers.Skip(1))
        {
            lines.AddRange(["", .. LinesOf(layer, times.Layers[layer.Index], width)]);
        }

        double rate = 1000 / Math.Max(times.Run.TotalMilliseconds, 1e-3);
        lines.AddRange(["", .. Paragraph.Lines(
            $"total: {Count(network.Layers.Count - 1, "layer")}, {Count(network.Parameters, "parameter")}, "
            + $"{Count(network.MultiplyAdds, "multiply-add")}, {Time(times.Run)} a run with {Count(times.Threads, "thread")} "
            + $"(median of {times.Runs}), {rate.ToString(rate < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} images a second", width)]);
        return lines;
    }

    private static IEnumerable<string> LinesOf(NetworkLayer layer, TimeSpan time, int width)
    {
        string inputs = string.Join(" and ", layer.Inputs.Select(input => input == 0 ? "the input" : $"{input}"));
        string cost = layer.MultiplyAdds == 0 && layer.Parameters == 0
            ? ""
            : $"{Count(layer.Parameters, "parameter")}, {Count(layer.MultiplyAdds, "multiply-add")}, ";
        string first = string.Create(
            CultureInfo.InvariantCulture, $"{layer.Index,3} {Short(layer.Name)}: {string.Join(" + ", layer.Operators)}, of {inputs}");
        return [
            .. Paragraph.Lines(first.TrimStart(), width - (first.Length - first.TrimStart().Length)).Select(
                (line, i) => i == 0 ? first[..(first.Length - first.TrimStart().Length)] + line : $"{"",Indent}{line}"),
            .. Paragraph.Lines($"output {Shape(layer.Shape)}; {cost}{Time(time)}", width, Indent),
            .. layer.Window is { } window ? Equations(window).SelectMany(line => Paragraph.Lines(line, width, Indent)) : [],
            .. Paragraph.Lines(Seen(layer.Field), width, Indent),
        ];
    }

    private static IEnumerable<string> Equations(NetworkWindow window) => window.Rows == window.Columns
        ? [$"height, width: {Equation(window.Rows)}"]
        : [$"height: {Equation(window.Rows)}", $"width: {Equation(window.Columns)}"];

    private static string Equation(WindowAxis axis)
    {
        string padding = axis.Before == axis.After ? $"2*{axis.Before}" : $"{axis.Before} + {axis.After}";
        return $"floor(({axis.Input} + {padding} - {axis.Dilation}*({axis.Kernel} - 1) - 1) / {axis.Stride}) + 1 = {axis.Output}";
    }

    private static string Seen(LayerField field)
    {
        string size = $"a value sees {Count(field.Columns.Size)}x{Count(field.Rows.Size)} pixels";
        return field.Rows.Stride == 0 && field.Columns.Stride == 0
            ? $"{size}, the same for all"
            : $"{size}, its neighbour those {Count(field.Columns.Stride)} on";
    }

    private static string Shape(IEnumerable<int> shape) => string.Join('x', shape);

    private static string Short(string name) => name.Length <= LongestName ? name : $"…{name[^(LongestName - 1)..]}";

    private static string Count(long count, string what = "")
    {
        string number = count.ToString("#,0", CultureInfo.InvariantCulture);
        return what.Length == 0 ? number : $"{number} {what}{(count == 1 ? "" : "s")}";
    }

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.000} ms");
}

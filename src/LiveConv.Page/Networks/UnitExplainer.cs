using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.Page;

/// <summary>Explains how a unit of a network came about, from the maps that the last run left. One thread at a time.</summary>
/// <param name="runner">A runner that keeps all layers' outputs.</param>
internal sealed class UnitExplainer(NetworkRunner runner)
{
    private const int KernelWidth = 16;
    private const int MaxKernels = 256;
    private static readonly string[] OperatorsOfTheSum = ["Conv", "Gemm", "MatMul", "BatchNormalization", "Add", "Mul", "Sub", "Div"];
    private float[] values = [];

    /// <summary>Explains a unit.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="question">Which one; null is returned when there is none.</param>
    public UnitLine? Explain(int layer, UnitQuestion question)
    {
        NetworkLayer of = runner.Network.Layers[layer];
        if ((uint)question.Map >= (uint)of.Channels || (uint)question.X >= (uint)of.Width || (uint)question.Y >= (uint)of.Height)
        {
            return null;
        }

        float value = At(layer, question.Map, question.X, question.Y);
        UnitSum? sum = of.WeightShape.Count == 4 && of.Window is { } window ? SumOf(of, window, question) : null;
        return new UnitLine(question.Map, question.X, question.Y, value, FieldOf(of, question), of.Inputs, sum);
    }

    private PartLine FieldOf(NetworkLayer layer, UnitQuestion at)
    {
        NetworkLayer input = runner.Network.Layers[0];
        (int x, int width) = Inside(layer.Field.Columns, at.X, input.Width);
        (int y, int height) = Inside(layer.Field.Rows, at.Y, input.Height);
        return new PartLine(x, y, width, height);
    }

    private static (int First, int Count) Inside(FieldAxis axis, int unit, int length)
    {
        long first = axis.Offset + unit * axis.Stride;
        long start = Math.Clamp(first, 0, length);
        return ((int)start, (int)(Math.Clamp(first + axis.Size, start, length) - start));
    }

    private UnitSum SumOf(NetworkLayer layer, NetworkWindow window, UnitQuestion at)
    {
        (WindowAxis rows, WindowAxis columns) = (window.Rows, window.Columns);
        (int height, int width, int inputs) = (rows.Kernel, columns.Kernel, layer.WeightShape[1]);
        int top = at.Y * rows.Stride - rows.Before;
        int left = at.X * columns.Stride - columns.Before;
        int first = at.Map / (layer.WeightShape[0] / layer.Groups) * inputs;
        ReadOnlyMemory<float> weights = layer.Weights.Slice(at.Map * inputs * height * width, inputs * height * width);
        float[] parts = new float[inputs];
        var elements = new float?[inputs][][];
        for (int input = 0; input < inputs; input++)
        {
            elements[input] = Elements(layer.Inputs[0], first + input, (top, left), window);
            parts[input] = Dot(elements[input], weights.Span.Slice(input * height * width, height * width));
        }

        int shown = at.Input is { } wanted && wanted - first is >= 0 and int index && index < inputs ? index : Strongest(parts);
        float bias = layer.Biases.Length > 0 ? layer.Biases.Span[at.Map] : 0;
        float? added = layer.Inputs.Count > 1 ? At(layer.Inputs[1], at.Map, at.X, at.Y) : null;
        float[][] shownWeights =
            [.. Enumerable.Range(0, height).Select(j => weights.Slice((shown * height + j) * width, width).ToArray())];
        return new UnitSum(
            left, top, columns.Dilation, rows.Dilation, first, parts, KernelsOf(weights, inputs, height, width), first + shown,
            elements[shown], shownWeights, bias, added, parts.Sum() + bias + (added ?? 0), AfterSum(layer));
    }

    // Those of the sum itself are in its weights, its bias and what was added.
    private static List<string> AfterSum(NetworkLayer layer) =>
        [.. layer.Operators.Where(name => !OperatorsOfTheSum.Contains(name))];

    private static SheetLine KernelsOf(ReadOnlyMemory<float> weights, int inputs, int height, int width)
    {
        var planes = new Plane<float>[Math.Min(inputs, MaxKernels)];
        for (int input = 0; input < planes.Length; input++)
        {
            planes[input] = new Plane<float>(width, height);
            for (int j = 0; j < height; j++)
            {
                weights.Span.Slice((input * height + j) * width, width).CopyTo(planes[input].Row(j));
            }
        }

        SheetLine sheet = LayerSheet.Of(planes, inputs, KernelWidth);
        Array.ForEach(planes, plane => plane.Dispose());
        return sheet;
    }

    private float?[][] Elements(int layer, int channel, (int Top, int Left) at, NetworkWindow window)
    {
        Read(layer, channel);
        NetworkLayer of = runner.Network.Layers[layer];
        var rows = new float?[window.Rows.Kernel][];
        for (int j = 0; j < rows.Length; j++)
        {
            int y = at.Top + j * window.Rows.Dilation;
            rows[j] = new float?[window.Columns.Kernel];
            for (int i = 0; i < rows[j].Length; i++)
            {
                int x = at.Left + i * window.Columns.Dilation;
                rows[j][i] = (uint)y < (uint)of.Height && (uint)x < (uint)of.Width ? values[y * of.Width + x] : null;
            }
        }

        return rows;
    }

    private static float Dot(float?[][] elements, ReadOnlySpan<float> weights)
    {
        float sum = 0;
        int at = 0;
        foreach (float?[] row in elements)
        {
            foreach (float? element in row)
            {
                sum += (element ?? 0) * weights[at++];
            }
        }

        return sum;
    }

    private static int Strongest(float[] parts)
    {
        int strongest = 0;
        for (int i = 1; i < parts.Length; i++)
        {
            strongest = Math.Abs(parts[i]) > Math.Abs(parts[strongest]) ? i : strongest;
        }

        return strongest;
    }

    private float At(int layer, int channel, int x, int y)
    {
        Read(layer, channel);
        return values[y * runner.Network.Layers[layer].Width + x];
    }

    private void Read(int layer, int channel)
    {
        NetworkLayer of = runner.Network.Layers[layer];
        values = values.Length == of.Height * of.Width ? values : new float[of.Height * of.Width];
        runner.CopyPlane(layer, channel, values);
    }
}

using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Page;

/// <summary>Puts together what a value is made of.</summary>
/// <param name="stage">The value's stage.</param>
/// <param name="valueAt">A value of the stage's input maps: of which map, in which row and column.</param>
internal sealed class TermBuilder(PresetStage stage, Func<int, int, int, float> valueAt)
{
    // The neighbourhood that a small window is shown in.
    private const int PatchSide = 11;

    /// <summary>The terms of a value.</summary>
    /// <param name="channel">Its map.</param>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    public PixelTerm[] Terms(int channel, int x, int y)
    {
        switch (stage.Operation)
        {
            case StageOperation.Convolution:
                KernelTerm[] terms = [.. stage.Step.Filters[channel].Terms.OrderBy(term => term.Input)];
                return Array.ConvertAll(terms, term => Term(term.Input, x, y, term.Kernel, terms.Length));
            case StageOperation.Magnitude or StageOperation.Max or StageOperation.Sum or StageOperation.Thin:
                return [.. Enumerable.Range(0, stage.Inputs).Select(input => Term(input, x, y, null, stage.Inputs))];
            default:
                return [Term(channel, x, y, stage.Step.Upsampling?.Kernel, 1)];
        }
    }

    private static T[][] Grid<T>(int rows, int columns, Func<int, int, T> at) =>
        [.. Enumerable.Range(0, rows).Select(j => Enumerable.Range(0, columns).Select(i => at(j, i)).ToArray())];

    private PixelTerm Term(int input, int x, int y, Kernel? kernel, int terms)
    {
        Tap[] columns = new StageWindow(stage, isAcross: true).Taps(x, kernel);
        Tap[] rows = new StageWindow(stage, isAcross: false).Taps(y, kernel);
        float[][] window = Grid(rows.Length, columns.Length, (j, i) => At(input, rows[j].Source, columns[i].Source));
        float[][]? weights = WeightsOf(rows, columns, kernel);
        (int top, int height) = PatchOf(rows, stage.Input.Height, y, terms);
        (int left, int width) = PatchOf(columns, stage.Input.Width, x, terms);
        return new PixelTerm(
            input,
            Array.ConvertAll(rows, row => row.Place),
            Array.ConvertAll(columns, column => column.Place),
            top,
            left,
            Grid(height, width, (j, i) => At(input, Source(top + j, stage.Input.Height), Source(left + i, stage.Input.Width))),
            window,
            weights,
            ProductsOf(window, weights));
    }

    private float[][]? WeightsOf(Tap[] rows, Tap[] columns, Kernel? kernel) => stage.Operation switch
    {
        StageOperation.Convolution or StageOperation.Transposed =>
            Grid(rows.Length, columns.Length, (j, i) => kernel![rows[j].Index, columns[i].Index]),
        StageOperation.AveragePool => Grid(rows.Length, columns.Length, (_, _) => 1f / (rows.Length * columns.Length)),
        StageOperation.Bilinear => Grid(rows.Length, columns.Length, (j, i) => rows[j].Weight * columns[i].Weight),
        _ => null,
    };

    private float[][]? ProductsOf(float[][] window, float[][]? weights)
    {
        bool isSquared = stage.Operation is StageOperation.Magnitude or StageOperation.Thin or StageOperation.Square;
        float[][]? factors = isSquared ? window : weights;
        return factors is null
            ? null
            : Grid(window.Length, window.Length > 0 ? window[0].Length : 0, (j, i) => window[j][i] * factors[j][i]);
    }

    // A small window is shown in its neighbourhood, a large one or one of many alone.
    private static (int First, int Count) PatchOf(Tap[] taps, int length, int at, int terms)
    {
        int first = taps.Length > 0 ? taps.Min(tap => tap.Place) : Math.Clamp(at, 0, length - 1);
        int count = taps.Length > 0 ? taps.Max(tap => tap.Place) - first + 1 : 1;
        int margin = terms > 4 ? 0 : terms > 1 || count > 5 ? (count > 9 ? 0 : 1) : (PatchSide - count) / 2;
        return (first - margin, count + (2 * margin));
    }

    private int Source(int place, int length) => Borders.Map(place, length, BorderOf(stage));

    /// <summary>How values outside of a stage's input maps are treated: windows of other stages than convolutions lie within.</summary>
    public static BorderMode BorderOf(PresetStage stage) =>
        stage.Operation == StageOperation.Convolution ? stage.Step.Border : BorderMode.Zero;

    private float At(int input, int row, int column) =>
        row == Borders.Constant || column == Borders.Constant ? 0 : valueAt(input, row, column);
}

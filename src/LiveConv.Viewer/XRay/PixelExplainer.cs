using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>
/// Says how a pixel of the maps came about, with the engine's own numbers: its border, its sums, and the pixels that it wrote.
/// One thread at a time.
/// </summary>
internal sealed class PixelExplainer : IDisposable
{
    private readonly WorkerPool workers = new(1);
    private readonly Plane<float>[] sums = new Plane<float>[2];
    private uint picture;

    /// <summary>Explains a pixel.</summary>
    /// <param name="maps">The maps; borrowed for the length of the call.</param>
    /// <param name="number">Their number; the sums of one picture are computed once.</param>
    /// <param name="question">Which pixel.</param>
    /// <returns>The answer, or null when there is no such pixel or the preset has more than one layer.</returns>
    public PixelAnswer? Explain(EdgeMaps maps, uint number, PixelQuestion question)
    {
        Plane<byte> map = question.Map == 0 ? maps.Vertical : maps.Horizontal;
        if (maps.Preset.Bank is not { } bank || question.Map is < 0 or > 1 || !IsIn(map, question))
        {
            return null;
        }

        Sum(maps, bank, number);
        Filter filter = bank.Filters[question.Map];
        Kernel kernel = bank.Operation == Operation.Correlation ? filter.Kernel : filter.Kernel.Flip();
        return Answer(maps.Frame.Luma, map, bank, filter, kernel, question, number);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        workers.Dispose();
        foreach (Plane<float>? plane in sums)
        {
            plane?.Dispose();
        }
    }

    private static bool IsIn(Plane<byte> map, PixelQuestion at) => at.X >= 0 && at.X < map.Width && at.Y >= 0 && at.Y < map.Height;

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static T[][] Grid<T>(Kernel kernel, Func<int, int, T> at)
    {
        var rows = new T[kernel.Height][];
        for (int j = 0; j < rows.Length; j++)
        {
            rows[j] = new T[kernel.Width];
            for (int i = 0; i < kernel.Width; i++)
            {
                rows[j][i] = at(j, i);
            }
        }

        return rows;
    }

    private PixelAnswer Answer(
        Plane<byte> input, Plane<byte> map, FilterBank bank, Filter filter, Kernel kernel, PixelQuestion question, uint number)
    {
        int top = (question.Y * bank.Options.StrideY) - kernel.AnchorY;
        int left = (question.X * bank.Options.StrideX) - kernel.AnchorX;
        int[] rows = [.. Enumerable.Range(top, kernel.Height).Select(y => Borders.Map(y, input.Height, bank.Border))];
        int[] columns = [.. Enumerable.Range(left, kernel.Width).Select(x => Borders.Map(x, input.Width, bank.Border))];
        int outside = bank.Border == BorderMode.Constant ? bank.Options.BorderValue : 0;
        int[][] window = Grid(kernel, (j, i) =>
            rows[j] == Borders.Constant || columns[i] == Borders.Constant ? outside : input.Row(rows[j])[columns[i]]);
        return new PixelAnswer(
            number,
            question.Map,
            question.X,
            question.Y,
            rows,
            columns,
            top,
            left,
            window,
            Grid(kernel, (j, i) => kernel[j, i]),
            Grid(kernel, (j, i) => window[j][i] * kernel[j, i]),
            sums[question.Map].Row(question.Y)[question.X],
            filter.Gain,
            NameOf(filter.Response),
            map.Row(question.Y)[question.X],
            NameOf(bank.Operation),
            NameOf(bank.Border),
            Equation(input.Width, kernel.AnchorX, kernel.Width, bank.Options.StrideX, map.Width),
            Equation(input.Height, kernel.AnchorY, kernel.Height, bank.Options.StrideY, map.Height));
    }

    // A bank pads as much as its kernel needs: the anchor stands on every pixel, or on every stride-th.
    private static OutputEquation Equation(int length, int anchor, int kernel, int stride, int output) =>
        new(length, anchor, kernel - 1 - anchor, 1, kernel, stride, output);

    private void Sum(EdgeMaps maps, FilterBank bank, uint number)
    {
        if (picture == number)
        {
            return;
        }

        for (int m = 0; m < sums.Length; m++)
        {
            if (sums[m] is not { } plane || plane.Width != maps.Vertical.Width || plane.Height != maps.Vertical.Height)
            {
                sums[m]?.Dispose();
                sums[m] = new Plane<float>(maps.Vertical.Width, maps.Vertical.Height);
            }
        }

        bank.Apply(maps.Frame.Luma.View, sums, workers);
        picture = number;
    }
}

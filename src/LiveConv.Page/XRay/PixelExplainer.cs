using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// Says how a pixel of the maps came about, with the engine's own numbers: its border, its sums, and the pixels that it wrote.
/// One thread at a time.
/// </summary>
internal sealed class PixelExplainer : IDisposable
{
    private readonly PixelSums sums = new();

    /// <summary>Explains a pixel.</summary>
    /// <param name="maps">The maps; borrowed for the length of the call.</param>
    /// <param name="number">Their number.</param>
    /// <param name="question">Which pixel.</param>
    /// <returns>The answer, or why there is none.</returns>
    public ExplainedMessage Explain(EdgeMaps maps, uint number, PixelQuestion question)
    {
        Plane<byte> map = question.Map == 0 ? maps.Vertical : maps.Horizontal;
        if (question.Map is < 0 or > 1 || question.X < 0 || question.X >= map.Width || question.Y < 0 || question.Y >= map.Height)
        {
            return new ExplainedMessage(null, "there is no such pixel");
        }

        return PixelStep.Of(maps.Preset, question.Map) is { } step
            ? new ExplainedMessage(Answer(maps, map, step, question, number), null)
            : new ExplainedMessage(null, "this map comes from more than one convolution; choose a preset of two kernels");
    }

    /// <inheritdoc/>
    public void Dispose() => sums.Dispose();

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

    // Where each row or column of the window is taken from.
    private static int[] Places(int first, int count, PixelStep step, int length)
    {
        var places = new int[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = Borders.Map(first + ((long)i * step.Dilation), length, step.Border);
        }

        return places;
    }

    private PixelAnswer Answer(EdgeMaps maps, Plane<byte> map, PixelStep step, PixelQuestion question, uint number)
    {
        Plane<byte> input = maps.Frame.Luma;
        Kernel kernel = step.Kernel;
        int top = (question.Y * step.StrideY) - step.Top;
        int left = (question.X * step.StrideX) - step.Left;
        int[] rows = Places(top, kernel.Height, step, input.Height);
        int[] columns = Places(left, kernel.Width, step, input.Width);
        int[][] window = Grid(kernel, (j, i) =>
            rows[j] == Borders.Constant || columns[i] == Borders.Constant ? step.Outside : input.Row(rows[j])[columns[i]]);
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
            sums.Of(maps.Preset, question.Map, step, window),
            step.Gain,
            step.Response,
            map.Row(question.Y)[question.X],
            step.IsTurned ? Operation.Convolution : Operation.Correlation,
            step.Border,
            new OutputEquation(input.Width, step.Left, step.Right, step.Dilation, kernel.Width, step.StrideX, map.Width),
            new OutputEquation(input.Height, step.Top, step.Bottom, step.Dilation, kernel.Height, step.StrideY, map.Height));
    }
}

using System.Numerics;

namespace LiveConv.Convolution.Tests;

/// <summary>
/// Winograd's F(4x4, 3x3) in plain loops, rounding where the engine rounds; and beside each output the bound of its error.
/// </summary>
internal sealed class ScalarWinograd<T>(int inputs, int outputs, T[] weight, T[] bias)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double[,] Bt =
    {
        { 4, 0, -5, 0, 1, 0 },
        { 0, -4, -4, 1, 1, 0 },
        { 0, 4, -4, -1, 1, 0 },
        { 0, -2, -1, 2, 1, 0 },
        { 0, 2, -1, -2, 1, 0 },
        { 0, 4, 0, -5, 0, 1 },
    };

    private static readonly double[,] G =
    {
        { 1.0 / 4, 0, 0 },
        { -1.0 / 6, -1.0 / 6, -1.0 / 6 },
        { -1.0 / 6, 1.0 / 6, -1.0 / 6 },
        { 1.0 / 24, 1.0 / 12, 1.0 / 6 },
        { 1.0 / 24, -1.0 / 12, 1.0 / 6 },
        { 0, 0, 1 },
    };

    private static readonly double[,] At = { { 1, 1, 1, 1, 1, 0 }, { 0, 1, -1, 2, -2, 0 }, { 0, 1, 1, 4, 4, 0 }, { 0, 1, -1, 8, -8, 1 } };

    private readonly T[][,] weights = [.. Kernels(weight).Select(g => Both(g, 6, line => Product(G, line), T.CreateChecked))];
    private readonly double[][,] weightSizes = [.. Kernels(weight).Select(g => Both(Sizes(g), 6, line => Product(Sizes(G), line), v => v))];

    /// <summary>Runs it over one image.</summary>
    /// <param name="pixel">Channel, row, column of the padded image; zero beyond.</param>
    /// <param name="height">Rows of outputs.</param>
    /// <param name="width">Columns of outputs.</param>
    public (T[] Values, double[] Bounds) Run(Func<int, int, int, T> pixel, int height, int width)
    {
        var values = new T[outputs * height * width];
        var bounds = new double[values.Length];
        double n = (inputs + 20) * (typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53));
        for (int top = 0; top < height; top += 4)
        {
            for (int left = 0; left < width; left += 4)
            {
                T[][,] tiles = [.. Enumerable.Range(0, inputs).Select(c => Square(6, (y, x) => pixel(c, top + y, left + x)))];
                T[][,] points = [.. tiles.Select(d => Both(d, 6, InputLine, v => v))];
                double[][,] sizes = [
                    .. tiles.Select(
                        d => Both(Sizes(Square(6, (y, x) => double.CreateChecked(d[y, x]))), 6, line => Product(Sizes(Bt), line), v => v))];
                for (int k = 0; k < outputs; k++)
                {
                    T[,] sums = Square(
                        6, (y, x) => Range(inputs)
                        .Aggregate(T.Zero, (sum, c) => T.FusedMultiplyAdd(points[c][y, x], weights[k * inputs + c][y, x], sum)));
                    double[,] sumSizes = Square(6, (y, x) => Range(inputs).Sum(c => sizes[c][y, x] * weightSizes[k * inputs + c][y, x]));
                    T[,] tile = Both(sums, 4, OutputLine, v => v);
                    double[,] tileSizes = Both(sumSizes, 4, line => Product(Sizes(At), line), v => v);
                    for (int i = 0; i < 16; i++)
                    {
                        (int y, int x) = (top + i / 4, left + i % 4);
                        if (y < height && x < width)
                        {
                            values[(k * height + y) * width + x] = tile[i / 4, i % 4] + bias[k];
                            bounds[(k * height + y) * width + x] =
                                n / (1 - n) * (tileSizes[i / 4, i % 4] + Math.Abs(double.CreateChecked(bias[k])));
                        }
                    }
                }
            }
        }

        return (values, bounds);
    }

    private static T[] InputLine(T[] d)
    {
        T even = AddTimes(d[4], -4, d[2]), odd = AddTimes(d[3], -4, d[1]), evenHalf = d[4] - d[2], oddHalf = d[3] - d[1];
        return
        [
            AddTimes(AddTimes(d[4], -5, d[2]), 4, d[0]), even + odd, even - odd, AddTimes(evenHalf, 2, oddHalf),
            AddTimes(evenHalf, -2, oddHalf), AddTimes(AddTimes(d[5], -5, d[3]), 4, d[1]),
        ];
    }

    private static T[] OutputLine(T[] m)
    {
        T near = m[1] + m[2], nearDifference = m[1] - m[2], far = m[3] + m[4], farDifference = m[3] - m[4];
        return [
            m[0] + near + far, AddTimes(nearDifference, 2, farDifference), AddTimes(near, 4, far),
            AddTimes(nearDifference, 8, farDifference) + m[5]];
    }

    private static T AddTimes(T sum, int factor, T value) => T.FusedMultiplyAdd(T.CreateChecked(factor), value, sum);

    // Columns first where inputs and sums are transformed, rows first where weights are: their sides differ.
    private static TResult[,] Both<TValue, TResult>(
        TValue[,] values, int side, Func<TValue[], TValue[]> transform, Func<TValue, TResult> round)
    {
        int count = values.GetLength(0);
        bool isWeight = count == 3;
        TValue[][] first = [.. Range(count).Select(i => transform([.. Range(count).Select(j => isWeight ? values[i, j] : values[j, i])]))];
        TValue[][] second = [.. Range(side).Select(i => transform([.. Range(count).Select(j => first[j][i])]))];
        return Square(side, (y, x) => round(isWeight ? second[x][y] : second[y][x]));
    }

    private static double[] Product(double[,] matrix, double[] line) =>
        [.. Range(matrix.GetLength(0)).Select(i => Range(line.Length).Aggregate(0.0, (sum, j) => sum + matrix[i, j] * line[j]))];

    private static IEnumerable<double[,]> Kernels(T[] weight) =>
        weight.Chunk(9).Select(g => Square(3, (y, x) => double.CreateChecked(g[y * 3 + x])));

    private static double[,] Sizes(double[,] values)
    {
        var sizes = new double[values.GetLength(0), values.GetLength(1)];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i / sizes.GetLength(1), i % sizes.GetLength(1)] = Math.Abs(values[i / sizes.GetLength(1), i % sizes.GetLength(1)]);
        }

        return sizes;
    }

    private static TValue[,] Square<TValue>(int side, Func<int, int, TValue> value)
    {
        var square = new TValue[side, side];
        for (int i = 0; i < side * side; i++)
        {
            square[i / side, i % side] = value(i / side, i % side);
        }

        return square;
    }

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}

using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

/// <summary>A stack of layers written as plainly as it can be said, in double precision, one value at a time.</summary>
internal static class ScalarStack
{
    /// <summary>All maps of all layers. Frames are counted back in time.</summary>
    public static List<double[][,]> Run(LayerStack stack, IReadOnlyList<byte[,]> frames)
    {
        var all = new List<double[][,]>();
        double[][,] maps = [.. frames.Select(frame => Each(frame.GetLength(0), frame.GetLength(1), (y, x) => (double)frame[y, x]))];
        foreach (StackLayer layer in stack.Layers)
        {
            if (layer.Filters.Count > 0)
            {
                maps = [.. layer.Filters.Select(filter => Convolve(layer, filter, maps))];
            }
            else if (all.Count == 0)
            {
                maps = [maps[0]];
            }

            maps = [
                .. Merge(layer.Merge, maps).Select(map => Each(map.GetLength(0), map.GetLength(1), (y, x) => Activate(layer, map[y, x])))];
            maps = layer.Pooling is { } pooling ? [.. maps.Select(map => Pool(pooling, map))] : maps;
            maps = layer.Upsampling is { } upsampling ? [.. maps.Select(map => Upsample(upsampling, map))] : maps;
            all.Add(maps);
        }

        return all;
    }

    private static double[,] Convolve(StackLayer layer, LayerFilter filter, double[][,] inputs)
    {
        Kernel first = filter.Terms[0].Kernel;
        return Each(
            Side(layer, inputs[0].GetLength(0), first.Height),
            Side(layer, inputs[0].GetLength(1), first.Width),
            (y, x) => filter.Bias + filter.Terms.Sum(term => SumAt(layer, term.Kernel, inputs[term.Input], y, x)));
    }

    private static int Side(StackLayer layer, int side, int kernel) => layer.Padding is { } p
        ? OutputSize.Convolution(side, kernel, layer.Stride, p, layer.Dilation)
        : (int)Math.Ceiling(side / (double)layer.Stride);

    private static double SumAt(StackLayer layer, Kernel kernel, double[,] input, int y, int x)
    {
        double sum = 0;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                int top = layer.Padding ?? kernel.AnchorY * layer.Dilation;
                int left = layer.Padding ?? kernel.AnchorX * layer.Dilation;
                int? row = ScalarBorder.Walk(y * layer.Stride - top + j * layer.Dilation, input.GetLength(0), layer.Border);
                int? column = ScalarBorder.Walk(x * layer.Stride - left + i * layer.Dilation, input.GetLength(1), layer.Border);
                sum += row is { } r && column is { } c ? kernel[j, i] * input[r, c] : 0;
            }
        }

        return sum;
    }

    private static double[][,] Merge(Merge merge, double[][,] maps)
    {
        (int height, int width) = (maps[0].GetLength(0), maps[0].GetLength(1));
        return merge switch
        {
            Convolution.Stacks.Merge.Magnitude => [Each(height, width, (y, x) => Math.Sqrt(maps.Sum(map => map[y, x] * map[y, x])))],
            Convolution.Stacks.Merge.Max => [Each(height, width, (y, x) => maps.Max(map => map[y, x]))],
            Convolution.Stacks.Merge.Sum => [Each(height, width, (y, x) => maps.Sum(map => map[y, x]))],
            Convolution.Stacks.Merge.Thin =>
                [.. maps.Select(map => Each(height, width, (y, x) => IsRidge(maps[0], maps[1], y, x) ? map[y, x] : 0))],
            _ => maps,
        };
    }

    private static bool IsRidge(double[,] gx, double[,] gy, int y, int x)
    {
        double Length(int j, int i) =>
            j < 0 || i < 0 || j >= gx.GetLength(0) || i >= gx.GetLength(1) ? 0 : gx[j, i] * gx[j, i] + gy[j, i] * gy[j, i];

        double here = Length(y, x);
        double angle = Math.Atan2(Math.Abs(gy[y, x]), Math.Abs(gx[y, x])) * 180 / Math.PI;
        if (here == 0)
        {
            return false;
        }

        if (angle < 22.5)
        {
            return here > Length(y, x - 1) && here >= Length(y, x + 1);
        }

        if (angle > 67.5)
        {
            return here > Length(y - 1, x) && here >= Length(y + 1, x);
        }

        int s = gx[y, x] * gy[y, x] >= 0 ? 1 : -1;
        return here > Length(y - 1, x - s) && here > Length(y + 1, x + s);
    }

    private static double Activate(StackLayer layer, double value) => layer.Activation switch
    {
        Activation.Abs => Math.Abs(value),
        Activation.Relu => Math.Max(value, 0),
        Activation.Square => value * value,
        Activation.Threshold => value >= layer.Threshold ? 255 : 0,
        _ => value,
    };

    private static double[,] Pool(Pooling pooling, double[,] map)
    {
        return Each(
            (map.GetLength(0) - pooling.Size) / pooling.Stride + 1,
            (map.GetLength(1) - pooling.Size) / pooling.Stride + 1,
            (y, x) =>
            {
                IEnumerable<double> window =
                    from j in Enumerable.Range(y * pooling.Stride, pooling.Size)
                    from i in Enumerable.Range(x * pooling.Stride, pooling.Size)
                    select map[j, i];
                return pooling.Mode == PoolingMode.Max ? window.Max() : window.Average();
            });
    }

    private static double[,] Upsample(Upsampling up, double[,] map)
    {
        (int height, int width) = (map.GetLength(0), map.GetLength(1));
        return Each(height * up.Factor, width * up.Factor, (y, x) => up.Mode switch
        {
            UpsamplingMode.Nearest => map[y / up.Factor, x / up.Factor],
            UpsamplingMode.Bilinear => Between(map, Math.Max((y + 0.5) / up.Factor - 0.5, 0), Math.Max((x + 0.5) / up.Factor - 0.5, 0)),
            _ => LaidDown(up.Kernel!, up.Factor, map, y, x),
        });
    }

    private static double Between(double[,] map, double y, double x)
    {
        double At(int j, int i) => map[Math.Min(j, map.GetLength(0) - 1), Math.Min(i, map.GetLength(1) - 1)];
        (int y0, int x0) = ((int)y, (int)x);
        return (At(y0, x0) * (1 - x + x0) + At(y0, x0 + 1) * (x - x0)) * (1 - y + y0)
            + (At(y0 + 1, x0) * (1 - x + x0) + At(y0 + 1, x0 + 1) * (x - x0)) * (y - y0);
    }

    private static double LaidDown(Kernel kernel, int factor, double[,] map, int y, int x)
    {
        double sum = 0;
        for (int j = 0; j < map.GetLength(0); j++)
        {
            for (int i = 0; i < map.GetLength(1); i++)
            {
                int row = y - j * factor + kernel.AnchorY;
                int column = x - i * factor + kernel.AnchorX;
                bool isUnder = row >= 0 && row < kernel.Height && column >= 0 && column < kernel.Width;
                sum += isUnder ? kernel[row, column] * map[j, i] : 0;
            }
        }

        return sum;
    }

    private static double[,] Each(int height, int width, Func<int, int, double> value)
    {
        var map = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                map[y, x] = value(y, x);
            }
        }

        return map;
    }
}

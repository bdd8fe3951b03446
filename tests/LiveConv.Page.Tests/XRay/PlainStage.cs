using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Page.Tests;

/// <summary>
/// What a stage makes of its input maps, by the definitions alone: plain loops in double precision that share nothing with the engine or
/// with the X-ray.
/// </summary>
/// <param name="stage">Which operation, with which settings.</param>
/// <param name="inputs">Of which input map, in which row and column.</param>
internal sealed class PlainStage(PresetStage stage, Func<int, int, int, double> inputs)
{
    private int Height => stage.Input.Height;

    private int Width => stage.Input.Width;

    public double Value(int channel, int x, int y)
    {
        double here = Width == stage.Size.Width && Height == stage.Size.Height && channel < stage.Inputs ? inputs(channel, y, x) : 0;
        double[] all = Width == stage.Size.Width && Height == stage.Size.Height
            ? [.. Enumerable.Range(0, stage.Inputs).Select(input => inputs(input, y, x))]
            : [];
        return stage.Operation switch
        {
            StageOperation.Convolution => Convolve(channel, x, y),
            StageOperation.Magnitude => Math.Sqrt(all.Sum(value => value * value)),
            StageOperation.Max => all.Max(),
            StageOperation.Sum => all.Sum(),
            StageOperation.Thin => Thin(x, y) ? here : 0,
            StageOperation.Abs => Math.Abs(here),
            StageOperation.Relu => Math.Max(here, 0),
            StageOperation.Square => here * here,
            StageOperation.Threshold => here >= stage.Step.Threshold ? 255 : 0,
            StageOperation.MaxPool => Pool(channel, x, y).Max(),
            StageOperation.AveragePool => Pool(channel, x, y).Average(),
            StageOperation.Nearest => inputs(channel, y / stage.Step.Upsampling!.Factor, x / stage.Step.Upsampling.Factor),
            StageOperation.Bilinear => Bilinear(channel, x, y),
            _ => Transposed(channel, x, y),
        };
    }

    // From the drawings of the border modes: cb|abcd|cb and so on, step by step until it is inside.
    public static int Fold(int at, int length, BorderMode border)
    {
        while (at < 0 || at >= length)
        {
            switch (border)
            {
                case BorderMode.Mirror:
                    at = length == 1 ? 0 : at < 0 ? -at : (2 * (length - 1)) - at;
                    break;
                case BorderMode.Symmetric:
                    at = at < 0 ? -at - 1 : (2 * length) - 1 - at;
                    break;
                case BorderMode.Wrap:
                    at += at < 0 ? length : -length;
                    break;
                case BorderMode.Replicate:
                    at = at < 0 ? 0 : length - 1;
                    break;
                default:
                    return -1;
            }
        }

        return at;
    }

    private double Convolve(int channel, int x, int y)
    {
        StackLayer layer = stage.Step;
        LayerFilter filter = layer.Filters[channel];
        double sum = filter.Bias;
        foreach (KernelTerm term in filter.Terms)
        {
            Kernel kernel = term.Kernel;
            for (int j = 0; j < kernel.Height; j++)
            {
                for (int i = 0; i < kernel.Width; i++)
                {
                    int above = layer.Padding ?? kernel.AnchorY * layer.Dilation;
                    int before = layer.Padding ?? kernel.AnchorX * layer.Dilation;
                    int row = Fold(y * layer.Stride + j * layer.Dilation - above, Height, layer.Border);
                    int column = Fold(x * layer.Stride + i * layer.Dilation - before, Width, layer.Border);
                    sum += row < 0 || column < 0 ? 0 : kernel[j, i] * inputs(term.Input, row, column);
                }
            }
        }

        return sum;
    }

    private IEnumerable<double> Pool(int channel, int x, int y)
    {
        Pooling pooling = stage.Step.Pooling!;
        return Enumerable.Range(0, pooling.Size * pooling.Size).Select(i =>
            inputs(channel, y * pooling.Stride + i / pooling.Size, x * pooling.Stride + i % pooling.Size));
    }

    // Centres of pixels lie on centres; beyond the outermost ones their value goes on.
    private double Bilinear(int channel, int x, int y)
    {
        int factor = stage.Step.Upsampling!.Factor;
        double fromX = Math.Clamp((x + 0.5) / factor - 0.5, 0, Width - 1);
        double fromY = Math.Clamp((y + 0.5) / factor - 0.5, 0, Height - 1);
        (int left, int top) = ((int)fromX, (int)fromY);
        (int right, int bottom) = (Math.Min(left + 1, Width - 1), Math.Min(top + 1, Height - 1));
        double above = inputs(channel, top, left) * (left + 1 - fromX) + inputs(channel, top, right) * (fromX - left);
        double below = inputs(channel, bottom, left) * (left + 1 - fromX) + inputs(channel, bottom, right) * (fromX - left);
        return above * (top + 1 - fromY) + below * (fromY - top);
    }

    // Every value of the input lays its kernel down; here all are tried.
    private double Transposed(int channel, int x, int y)
    {
        Upsampling upsampling = stage.Step.Upsampling!;
        Kernel kernel = upsampling.Kernel!;
        double sum = 0;
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                int j = y - (row * upsampling.Factor) + kernel.AnchorY;
                int i = x - (column * upsampling.Factor) + kernel.AnchorX;
                sum += j >= 0 && j < kernel.Height && i >= 0 && i < kernel.Width ? inputs(channel, row, column) * kernel[j, i] : 0;
            }
        }

        return sum;
    }

    // As in Canny's paper, with four directions: longer than both neighbours across the edge, of equals the left or upper one.
    private bool Thin(int x, int y)
    {
        double gx = inputs(0, y, x);
        double gy = inputs(1, y, x);
        double angle = Math.Atan2(Math.Abs(gy), Math.Abs(gx)) * 180 / Math.PI;
        (int dx, int dy) = angle < 22.5 ? (1, 0) : angle > 67.5 ? (0, 1) : gx < 0 == gy < 0 ? (1, 1) : (-1, 1);
        double before = Squared(x - dx, y - dy);
        double after = Squared(x + dx, y + dy);
        bool isDiagonal = dx != 0 && dy != 0;
        double length = Squared(x, y);
        return length > before && (length > after || (length == after && !isDiagonal));
    }

    private double Squared(int x, int y)
    {
        bool isInside = x >= 0 && y >= 0 && x < Width && y < Height;
        return isInside ? inputs(0, y, x) * inputs(0, y, x) + inputs(1, y, x) * inputs(1, y, x) : 0;
    }
}

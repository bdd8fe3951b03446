using LiveConv.App.Conv;
using LiveConv.Convolution;

namespace LiveConv.App.Explain;

/// <summary>What lies under a kernel.</summary>
internal sealed class PictureWindow
{
    private readonly double[,] values;
    private readonly bool[,] isInside;

    public PictureWindow(NumberArray picture, Kernel kernel, int top, int left, BorderMode border)
    {
        (Top, Left) = (top, left);
        values = new double[kernel.Height, kernel.Width];
        isInside = new bool[kernel.Height, kernel.Width];
        (int height, int width) = (picture.Shape[0], picture.Shape[1]);
        for (int y = 0; y < kernel.Height; y++)
        {
            for (int x = 0; x < kernel.Width; x++)
            {
                int row = Fold(top + y, height, border);
                int column = Fold(left + x, width, border);
                isInside[y, x] = row == top + y && column == left + x;
                values[y, x] = row < 0 || column < 0 ? 0 : picture.Values[row * width + column];
                Sum += values[y, x] * kernel[y, x];
            }
        }
    }

    public int Top { get; }

    public int Left { get; }

    /// <summary>Of the element-wise products.</summary>
    public double Sum { get; }

    public double this[int y, int x] => values[y, x];

    /// <summary>False for what the border mode put outside the picture.</summary>
    public bool IsInside(int y, int x) => isInside[y, x];

    private static int Fold(int i, int n, BorderMode border)
    {
        while (i < 0 || i >= n)
        {
            switch (border)
            {
                case BorderMode.Replicate:
                    return Math.Clamp(i, 0, n - 1);
                case BorderMode.Symmetric:
                    i = i < 0 ? -1 - i : 2 * n - 1 - i;
                    break;
                case BorderMode.Mirror:
                    i = n == 1 ? 0 : i < 0 ? -i : 2 * n - 2 - i;
                    break;
                case BorderMode.Wrap:
                    i += i < 0 ? n : -n;
                    break;
                default:
                    return -1;
            }
        }

        return i;
    }
}

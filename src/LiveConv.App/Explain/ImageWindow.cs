using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>The part of an image under a kernel.</summary>
internal sealed class ImageWindow
{
    private const double SinglePrecision = 1e-7;
    private readonly double[,] values;
    private readonly bool[,] isInside;

    public ImageWindow(NumberArray image, Kernel kernel, int top, int left, BorderMode border, int dilation = 1)
    {
        (Top, Left) = (top, left);
        values = new double[kernel.Height, kernel.Width];
        isInside = new bool[kernel.Height, kernel.Width];
        (int height, int width) = (image.Shape[0], image.Shape[1]);
        double magnitude = 0;
        for (int y = 0; y < kernel.Height; y++)
        {
            for (int x = 0; x < kernel.Width; x++)
            {
                int above = top + (y * dilation);
                int before = left + (x * dilation);
                int row = Borders.Map(above, height, border);
                int column = Borders.Map(before, width, border);
                bool isConstant = row == Borders.Constant || column == Borders.Constant;
                isInside[y, x] = !isConstant && row == above && column == before;
                values[y, x] = isConstant ? 0 : image.Values[row * width + column];
                Sum += values[y, x] * kernel[y, x];
                magnitude += Math.Abs(values[y, x] * kernel[y, x]);
            }
        }

        // Weights have single precision: a smaller remainder, where they should cancel, is rounding.
        Sum = Math.Abs(Sum) < magnitude * SinglePrecision ? 0 : Sum;
    }

    public int Top { get; }

    public int Left { get; }

    /// <summary>The sum of the element-wise products.</summary>
    public double Sum { get; }

    public double this[int y, int x] => values[y, x];

    /// <summary>False for values outside the image, which the border mode supplies.</summary>
    public bool IsInside(int y, int x) => isInside[y, x];
}

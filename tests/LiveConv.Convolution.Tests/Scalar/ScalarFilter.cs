namespace LiveConv.Convolution.Tests;

/// <summary>A filter bank written as plainly as it can be said: four loops, exact sums, one pixel at a time.</summary>
internal static class ScalarFilter
{
    public static byte[,] Apply(byte[,] input, Filter filter, Operation operation, BorderMode border, FilterBankOptions? options = null)
    {
        options ??= new FilterBankOptions();
        double[,] sums = Sums(input, filter.Kernel, operation, border, options);
        var map = new byte[sums.GetLength(0), sums.GetLength(1)];
        for (int y = 0; y < map.GetLength(0); y++)
        {
            for (int x = 0; x < map.GetLength(1); x++)
            {
                map[y, x] = Respond(Math.Round(sums[y, x] * filter.Gain, MidpointRounding.ToEven), filter.Response);
            }
        }

        return map;
    }

    public static double[,] Sums(byte[,] input, Kernel kernel, Operation operation, BorderMode border, FilterBankOptions options)
    {
        bool flip = operation == Operation.Convolution;
        int left = flip ? kernel.Width - 1 - kernel.AnchorX : kernel.AnchorX;
        int top = flip ? kernel.Height - 1 - kernel.AnchorY : kernel.AnchorY;
        byte[,] padded = ScalarBorder.Pad(input, left, kernel.Width - 1 - left, top, kernel.Height - 1 - top, border, options.BorderValue);
        int height = (input.GetLength(0) + options.StrideY - 1) / options.StrideY;
        int width = (input.GetLength(1) + options.StrideX - 1) / options.StrideX;
        var sums = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                sums[y, x] = Sum(padded, kernel, flip, y * options.StrideY, x * options.StrideX);
            }
        }

        return sums;
    }

    private static double Sum(byte[,] padded, Kernel kernel, bool flip, int y, int x)
    {
        double sum = 0;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                double weight = flip ? kernel[kernel.Height - 1 - j, kernel.Width - 1 - i] : kernel[j, i];
                sum += weight * padded[y + j, x + i];
            }
        }

        return sum;
    }

    public static byte Respond(double value, Response response) => (byte)Math.Clamp(
        response switch
        {
            Response.Abs => Math.Abs(value),
            Response.Offset128 => value + 128,
            Response.Positive => value,
            _ => -value,
        },
        0,
        255);
}

namespace LiveConv.Convolution;

/// <summary>
/// A kernel laid into a 3x3 window, its weights paired for multiply-add: one pair (left, right) per row, the middle
/// column's upper two, and its lower one.
/// </summary>
internal readonly struct FusedWindow
{
    public const int Side = 3;
    private readonly sbyte[] weights;

    public FusedWindow(Kernel kernel, Halo window)
    {
        weights = new sbyte[Side * Side];
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                weights[(j + window.Top - kernel.AnchorY) * Side + i + window.Left - kernel.AnchorX] = (sbyte)kernel[j, i];
            }
        }
    }

    public sbyte this[int row, int column] => weights[row * Side + column];
}

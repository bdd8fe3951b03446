namespace LiveConv.Convolution;

/// <summary>Kernels transformed as <see cref="WinogradWeights{T}"/> does, point by point, each as a convolution by 1x1 kernels.</summary>
internal static class BlockedWinogradWeights
{
    private const int Taps = 9;

    public static BlockedWeights Pack(BlockedConv layer)
    {
        (int outputs, int inputs) = (layer.Shape[0], layer.Shape[1]);
        int filled = (inputs + BlockedLayout.Wide - 1) / BlockedLayout.Wide * BlockedLayout.Wide;
        var packed = new BlockedWeights(outputs, filled, layer.Bias, WinogradGrid.Points);
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                ReadOnlySpan<float> kernel = layer.Weight.Slice((output * inputs + input) * Taps, Taps);
                for (int point = 0; point < WinogradGrid.Points; point++)
                {
                    float weight = WinogradWeights<float>.At(kernel, point / WinogradGrid.Side, point % WinogradGrid.Side);
                    packed.Set(output, input, weight, point);
                }
            }
        }

        return packed;
    }
}

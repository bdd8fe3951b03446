using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>Poolings.</summary>
internal sealed partial class GraphBuilder
{
    private Value Pool(OnnxNode node, bool isMax)
    {
        Value input = Image(node, 0);
        BlockedSize size = input.Draft!.Size;
        int[] kernel = node.Lengths("kernel_shape", 2, 1) ?? throw new NetworkException("it has no kernel_shape");
        int[] pads = PadsOf(node);
        bool counts = node.Integer("count_include_pad", 0) != 0;
        ConvOptions walk = Walk(node, pads);
        Axis[] axes;
        int[] uncounted = [0, 0];
        if (node.Integer("ceil_mode", 0) != 0 && node.Text("auto_pad", "NOTSET") is "NOTSET" or "")
        {
            for (int axis = 0; axis < 2; axis++)
            {
                int side = axis == 0 ? size.Height : size.Width;
                uncounted[axis] = MoreForCeiling(
                    side, kernel[axis], walk.Stride[axis], walk.Dilation[axis], pads[axis], pads[axis + 2]);
            }

            walk = walk with { Padding = Padding.Sides(pads[..2], PerAxis.Of(pads[2] + uncounted[0], pads[3] + uncounted[1])) };
        }

        axes = walk.Axes([size.Height, size.Width], kernel);
        var output = new BlockedSize(size.Channels, axes[0].Output, axes[1].Output);
        budget.TakeMultiplyAdds(
            (double)output.Channels * output.Height * output.Width * Math.Min(kernel[0], size.Height) * Math.Min(kernel[1], size.Width));
        return AddPool(node, input, output, new BlockedPool(isMax, kernel, walk, counts, uncounted), NetworkWindow.Of(
            walk, size, kernel[0], kernel[1]));
    }

    // Rows or columns at the end for a window that hangs over it; none for one that would begin there.
    private static int MoreForCeiling(int input, int kernel, int stride, int dilation, int before, int after)
    {
        long reach = (kernel - 1L) * dilation + 1;
        long span = input + (long)before + after - reach;
        if (span < 0)
        {
            return 0;
        }

        long windows = (span + stride - 1) / stride + 1;
        windows -= (windows - 1) * stride >= input + (long)before ? 1 : 0;
        return checked((int)Math.Max(0, (windows - 1) * stride - span));
    }

    private Value GlobalPool(OnnxNode node, bool isMax)
    {
        Value input = Image(node, 0);
        return Whole(node, input, isMax);
    }

    private Value ReduceMean(OnnxNode node)
    {
        Value input = Image(node, 0);
        long[] axes = node.Integers("axes") ?? IntegersOrNone(node, 1) ?? [];
        int[] counted = [.. axes.Select(axis => NodeSettings.Axis(axis, 4)).Order()];
        if (counted is not [2, 3])
        {
            throw new NetworkException($"it takes the mean over axes {string.Join(", ", axes)}; LiveConv takes it over height and width");
        }

        Value mean = Whole(node, input, isMax: false);
        return node.Integer("keepdims", 1) != 0 ? mean : mean with { Shape = mean.Shape[..2] };
    }

    private Value Whole(OnnxNode node, Value input, bool isMax)
    {
        BlockedSize size = input.Draft!.Size;
        return AddPool(
            node, input, size with { Height = 1, Width = 1 }, new BlockedPool(isMax, 0, new ConvOptions()),
            NetworkWindow.Of(new ConvOptions(), size, size.Height, size.Width));
    }

    private Value AddPool(OnnxNode node, Value input, BlockedSize size, BlockedPool pool, NetworkWindow window) => Add(new Draft
    {
        Name = NameOf(node),
        Operators = [node.Operator],
        Output = node.Outputs[0],
        Shape = [1, size.Channels, size.Height, size.Width],
        Size = size,
        Sources = [input.Draft!],
        Create = _ => pool,
        Window = window,
        Field = Under(input.Draft!.Field, window),
    });
}

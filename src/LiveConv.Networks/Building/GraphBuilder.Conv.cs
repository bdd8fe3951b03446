using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>Convolutions, and what they are made of here: dense layers, normalizations, factors and shifts of channels.</summary>
internal sealed partial class GraphBuilder
{
    private Value Conv(OnnxNode node)
    {
        Value input = Image(node, 0);
        OnnxTensor weights = Numbers(node, 1);
        int[] shape = weights.Shape;
        if (shape is not [>= 1, >= 1, >= 1 and <= NodeSettings.Largest, >= 1 and <= NodeSettings.Largest])
        {
            throw new NetworkException(
                $"its weights have the shape {Names.Shape(shape)}; LiveConv runs convolutions over two axes, which have four");
        }

        if (node.Lengths("kernel_shape", 2, 1) is { } kernel && !kernel.AsSpan().SequenceEqual(shape.AsSpan(2)))
        {
            throw new NetworkException($"its kernel_shape is {Names.Shape(kernel)}, its weights have {Names.Shape(shape[2..])}");
        }

        long groups = node.Integer("group", 1);
        if (groups < 1 || groups > shape[0] || shape[0] % groups != 0)
        {
            throw new NetworkException($"{groups} groups do not divide {shape[0]} output channels");
        }

        (Draft source, int[] pads) = WithoutPadding(node, input);
        if (shape[1] * groups != source.Size.Channels)
        {
            throw new NetworkException($"it takes {shape[1] * groups} channels; its input has {source.Size.Channels}");
        }

        ConvOptions walk = Walk(node, pads) with { Groups = (int)groups };
        Axis[] axes = walk.Axes([source.Size.Height, source.Size.Width], shape.AsSpan(2));
        var size = new BlockedSize(shape[0], axes[0].Output, axes[1].Output);
        walk = walk with { Algorithm = BlockedAlgorithm.Of(shape, size, walk) };
        budget.TakeMemory(DraftConv.MemoryOf(shape, walk));
        float[] bias = node.Input(2).Length > 0 ? Floats(Numbers(node, 2), shape[0], "biases") : new float[shape[0]];
        var conv = new DraftConv(weights.ReadFloats(), shape, bias, walk);
        return AddConv(node, source, conv, size, [1, size.Channels, size.Height, size.Width]);
    }

    // Zeros that an operator before has put around the image are the convolution's own padding.
    private (Draft Source, int[] Pads) WithoutPadding(OnnxNode node, Value input)
    {
        int[] pads = PadsOf(node);
        bool isExplicit = node.Text("auto_pad", "NOTSET") is "NOTSET" or "" or "VALID";
        if (!isExplicit || !input.IsSole || input.Draft is not { ZeroPadding: { } zeros } padded)
        {
            return (input.Draft!, pads);
        }

        drafts.Remove(padded);
        return (padded.Sources[0], [.. pads.Zip(zeros, (own, zero) => checked(own + zero))]);
    }

    private static int[] PadsOf(OnnxNode node) =>
        node.Text("auto_pad", "NOTSET") == "VALID" ? [0, 0, 0, 0] : node.Lengths("pads", 4, 0) ?? [0, 0, 0, 0];

    private static ConvOptions Walk(OnnxNode node, int[] pads)
    {
        string auto = node.Text("auto_pad", "NOTSET");
        return new ConvOptions
        {
            Stride = node.Lengths("strides", 2, 1) ?? [1, 1],
            Dilation = node.Lengths("dilations", 2, 1) ?? [1, 1],
            Padding = auto switch
            {
                "SAME_UPPER" => Padding.SameUpper,
                "SAME_LOWER" => Padding.SameLower,
                "NOTSET" or "" or "VALID" => Padding.Sides(pads[..2], pads[2..]),
                _ => throw new NetworkException($"its auto_pad is '{Names.Shown(auto)}', which ONNX does not know"),
            },
        };
    }

    private Value AddConv(OnnxNode node, Draft source, DraftConv conv, BlockedSize size, int[] shape)
    {
        NetworkWindow window = NetworkWindow.Of(conv.Options, source.Size, conv.Shape[2], conv.Shape[3]);
        double products = (double)size.Channels * size.Height * size.Width * conv.Shape[1] * conv.Shape[2] * conv.Shape[3];
        budget.TakeMultiplyAdds(products);
        return Add(new Draft
        {
            Name = NameOf(node),
            Operators = [node.Operator],
            Output = node.Outputs[0],
            Shape = shape,
            Size = size,
            Sources = [source],
            Conv = conv,
            Create = conv.Create,
            TakesRelu = true,
            Window = window,
            Field = Under(source.Field, window),
            MultiplyAdds = (long)products,
        });
    }

    private static LayerField Under(LayerField field, NetworkWindow window) =>
        new(Under(field.Rows, window.Rows), Under(field.Columns, window.Columns));

    private static FieldAxis Under(FieldAxis field, WindowAxis window) =>
        field.Under(window.Kernel, window.Stride, window.Dilation, window.Before);

    private Value BatchNormalization(OnnxNode node)
    {
        Value input = Layer(node, 0);
        if (node.Integer("training_mode", 0) != 0 || node.Integer("spatial", 1) == 0)
        {
            throw new NetworkException("it is in a mode for training, or has numbers for every pixel; LiveConv runs trained networks");
        }

        if (input.Shape is not [1, _, ..])
        {
            throw new NetworkException($"it normalizes {Names.Shape(input.Shape)}; LiveConv normalizes channels of one image");
        }

        int channels = ChannelsOf(input.Shape);
        float[] Of(int index, string what) => Floats(Numbers(node, index), channels, what);
        var normalization = new BatchNormalization(
            Of(1, "scales"), Of(2, "shifts"), Of(3, "means"), Of(4, "variances"), node.Single("epsilon", 1e-5f));
        return Normalized(node, input, conv => normalization.FoldInto(conv.Weight, conv.Bias));
    }

    // Into the convolution before, or as a convolution of every channel with one weight.
    private Value Normalized(OnnxNode node, Value input, Action<DraftConv> change)
    {
        if (CanChange(input))
        {
            change(input.Draft!.Conv!);
            return Extend(node, input.Draft, input.Shape);
        }

        Draft planes = Planes(node, input);
        int channels = planes.Size.Channels;
        int[] shape = [channels, 1, 1, 1];
        var walk = new ConvOptions { Groups = channels };
        budget.TakeMemory(DraftConv.MemoryOf(shape, walk));
        var ones = new float[channels];
        Array.Fill(ones, 1);
        var conv = new DraftConv(ones, shape, new float[channels], walk);
        change(conv);
        return AddConv(node, planes, conv, planes.Size, input.Shape);
    }

    // A convolution that nothing else reads, and whose sums are still bare.
    private static bool CanChange(Value value) =>
        value is { IsSole: true, Draft: { Conv: not null, HasRelu: false, Sources.Count: 1 } draft }
        && draft.Size == Value.SizeOf(value.Shape);

    private static int ChannelsOf(int[] shape) => Value.SizeOf(shape).Channels;

    private Value Gemm(OnnxNode node)
    {
        Value input = Layer(node, 0);
        OnnxTensor matrix = Numbers(node, 1);
        if (input.Shape is not [1, _] || node.Integer("transA", 0) != 0)
        {
            throw new NetworkException($"it multiplies {Names.Shape(input.Shape)}; LiveConv multiplies (1, numbers) with a matrix");
        }

        float alpha = node.Single("alpha", 1), beta = node.Single("beta", 1);
        Value sums = Dense(node, input, matrix, node.Integer("transB", 0) != 0, outputs => [1, outputs]);
        DraftConv conv = sums.Draft!.Conv!;
        int count = conv.Bias.Length;
        float[] factors = new float[count], shifts = new float[count];
        Array.Fill(factors, alpha);
        if (node.Input(2).Length > 0)
        {
            float[] bias = PerChannel(Numbers(node, 2), sums.Shape);
            shifts = Array.ConvertAll(bias, value => value * beta);
        }

        conv.Scale(factors, shifts);
        return sums;
    }

    private Value MatMul(OnnxNode node)
    {
        Value input = Layer(node, 0);
        OnnxTensor matrix = Numbers(node, 1);
        int[] before = input.Shape.Length == 0 ? [] : input.Shape[..^1];
        return before.Any(length => length != 1)
            ? throw new NetworkException($"it multiplies {Names.Shape(input.Shape)}; LiveConv multiplies one row with a matrix")
            : Dense(node, input, matrix, isTransposed: false, outputs => [.. before, outputs]);
    }

    // All elements of a layer times a matrix: a convolution whose window is the whole image, however the layer stores it.
    private Value Dense(OnnxNode node, Value input, OnnxTensor matrix, bool isTransposed, Func<int, int[]> shapeOf)
    {
        BlockedSize from = input.Draft!.Size;
        int inputs = from.Channels * from.Height * from.Width;
        int[] sides = matrix.Shape;
        if (sides.Length != 2 || sides[0] < 1 || sides[1] < 1 || sides[isTransposed ? 1 : 0] != inputs)
        {
            throw new NetworkException($"it multiplies {inputs} numbers with a matrix of {Names.Shape(sides)}");
        }

        int outputs = sides[isTransposed ? 0 : 1];
        int[] shape = [outputs, from.Channels, from.Height, from.Width];
        var walk = new ConvOptions();
        budget.TakeMemory(DraftConv.MemoryOf(shape, walk));
        float[] weights = matrix.ReadFloats();
        if (!isTransposed)
        {
            var turned = new float[weights.Length];
            for (int i = 0; i < inputs; i++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    turned[(o * (long)inputs) + i] = weights[(i * (long)outputs) + o];
                }
            }

            weights = turned;
        }

        return AddConv(node, input.Draft, new DraftConv(weights, shape, new float[outputs], walk), new(outputs, 1, 1), shapeOf(outputs));
    }
}

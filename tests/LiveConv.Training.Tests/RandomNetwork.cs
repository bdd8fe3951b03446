namespace LiveConv.Training.Tests;

/// <summary>Networks of random layers, images and labels.</summary>
internal sealed class RandomNetwork
{
    private readonly Random random;
    private readonly List<TrainableLayer> layers = [];
    private readonly List<object> specs = [];
    private MapShape shape;

    public RandomNetwork(int seed)
    {
        random = new Random(seed);
        shape = new MapShape(random.Next(1, 4), random.Next(6, 20), random.Next(6, 24));
        MapShape input = shape;
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            AddConvolution();
            AddPart();
        }

        if (random.Next(2) == 0)
        {
            Add(new GlobalAveragePoolLayer(), new { kind = "global" });
        }
        else
        {
            Add(new FlattenLayer(), new { kind = "flatten" });
        }

        if (random.Next(3) == 0)
        {
            AddDense(random.Next(2, 30));
            Add(new ReluLayer(), new { kind = "relu" });
        }

        AddDense(random.Next(2, 8));
        Network = new TrainingNetwork(input, seed, layers);
        Labels = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(Network.Classes))];
        Images = [.. Enumerable.Range(0, Labels.Length * input.Length).Select(_ => random.NextSingle())];
    }

    public TrainingNetwork Network { get; }

    public float[] Images { get; }

    public int[] Labels { get; }

    /// <summary>The layers as the script reads them.</summary>
    public IReadOnlyList<object> Specs => specs;

    private void AddConvolution()
    {
        int groups = shape.Channels % 2 == 0 && random.Next(3) == 0 ? 2 : 1;
        int kernel = random.Next(1, Math.Min(5, Math.Min(shape.Height, shape.Width) + 1));
        int dilation = kernel > 1 && 2 * (kernel - 1) < Math.Min(shape.Height, shape.Width) ? random.Next(1, 3) : 1;
        int stride = random.Next(4) == 0 ? 2 : 1, padding = random.Next(0, 3), channels = groups * random.Next(1, 7);
        Add(
            new ConvolutionLayer(channels, kernel, stride, padding, dilation, groups),
            new { kind = "conv", channels, kernel, stride, padding, dilation, groups });
    }

    private void AddPart()
    {
        int size = random.Next(1, Math.Min(4, Math.Min(shape.Height, shape.Width) + 1));
        switch (random.Next(4))
        {
            case 0:
                Add(new PoolLayer(isMax: false, size), new { kind = "average", size });
                break;
            case 1:
                Add(new PoolLayer(isMax: true, size), new { kind = "max", size });
                break;
            default:
                Add(new ReluLayer(), new { kind = "relu" });
                break;
        }
    }

    private void AddDense(int outputs) => Add(new DenseLayer(outputs), new { kind = "dense", outputs });

    private void Add(TrainableLayer layer, object spec)
    {
        layers.Add(layer);
        specs.Add(spec);
        shape = layer.OutputFor(shape);
    }
}

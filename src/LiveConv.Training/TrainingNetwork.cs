using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>
/// Layers one after another, from an image to a score for each class. Trained by one thread at a time, which may have workers.
/// </summary>
public sealed class TrainingNetwork
{
    /// <summary>Places layers, and gives their weights values of a seed.</summary>
    /// <param name="input">One image.</param>
    /// <param name="seed">Of the first weights: the same seed, the same bits.</param>
    /// <param name="layers">From the first to the last, whose output is the scores.</param>
    /// <exception cref="ArgumentException">A layer does not fit what comes before it, or the last has maps and no scores.</exception>
    public TrainingNetwork(MapShape input, long seed, params IReadOnlyList<TrainableLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Channels, 1, nameof(input));
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Height, 1, nameof(input));
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Width, 1, nameof(input));
        var random = new RandomNumbers(seed);
        MapShape shape = input;
        foreach (TrainableLayer layer in layers)
        {
            layer.Place(shape, random);
            shape = layer.Output;
        }

        if (layers.Count == 0 || shape is not { Height: 1, Width: 1 })
        {
            throw new ArgumentException($"the last layer gives maps of {shape}, and should give scores", nameof(layers));
        }

        (Input, Layers) = (input, [.. layers]);
        Parameters = [.. layers.SelectMany(layer => layer.Parameters)];
        Prepare();
    }

    /// <summary>One image.</summary>
    public MapShape Input { get; }

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<TrainableLayer> Layers { get; }

    /// <summary>What all layers learn, in order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The number of scores.</summary>
    public int Classes => Layers[^1].Output.Channels;

    /// <summary>
    /// The usual network for images of some sizes: convolution, ReLU and pooling by 2, twice, then a third convolution, whose maps' means
    /// are weighed by a dense layer. It has no part that knows the image's size, and its last maps show where a class is seen.
    /// </summary>
    /// <param name="input">One image; at least 4x4.</param>
    /// <param name="classes">Classes, at least 2.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <exception cref="ArgumentException">The image is too small, or there are too few classes.</exception>
    public static TrainingNetwork Usual(MapShape input, int classes, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return new TrainingNetwork(
            input,
            seed,
            new ConvolutionLayer(8),
            new ReluLayer(),
            new PoolLayer(isMax: true),
            new ConvolutionLayer(16),
            new ReluLayer(),
            new PoolLayer(isMax: true),
            new ConvolutionLayer(16),
            new ReluLayer(),
            new GlobalAveragePoolLayer(),
            new DenseLayer(classes));
    }

    /// <summary>The scores of one image.</summary>
    /// <param name="image">Channel by channel, row by row; pixels from 0 to 1.</param>
    /// <exception cref="ArgumentException">It has another length than <see cref="Input"/>.</exception>
    public float[] Scores(ReadOnlySpan<float> image)
    {
        if (image.Length != Input.Length)
        {
            throw new ArgumentException($"the image has {image.Length} elements; the network takes {Input}", nameof(image));
        }

        float[] values = image.ToArray();
        foreach (TrainableLayer layer in Layers)
        {
            var output = new float[layer.Output.Length];
            layer.Forward(values, output);
            values = output;
        }

        return values;
    }

    /// <summary>Makes the layers compute with the parameters as they are now; after they were changed.</summary>
    public void Prepare()
    {
        foreach (TrainableLayer layer in Layers)
        {
            layer.Prepare();
        }
    }

    /// <summary>
    /// The mean cross-entropy of some images, and its gradients to all parameters (<see cref="Parameter.Gradient"/>). The parameters stay
    /// as they are.
    /// </summary>
    /// <param name="images">One after another, as <see cref="Scores"/> takes them.</param>
    /// <param name="labels">Each image's class, from 0.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or there is no such class.</exception>
    public double LossGradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, WorkerPool? workers = null)
    {
        if (labels.Length == 0 || images.Length != (long)labels.Length * Input.Length)
        {
            throw new ArgumentException($"{labels.Length} images of {Input} and their labels; there are {images.Length} elements");
        }

        var batch = new Batch(this, labels.Length);
        for (int n = 0; n < labels.Length; n++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)labels[n], (uint)Classes, nameof(labels));
            images.Slice(n * Input.Length, Input.Length).CopyTo(batch.Image(n));
            batch.Labels[n] = labels[n];
        }

        return batch.Learn(labels.Length, workers).Loss;
    }

    internal float[][] CopyParameters() => [.. Parameters.Select(parameter => parameter.Values.ToArray())];

    internal void SetParameters(float[][] values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            values[p].CopyTo(Parameters[p].Values);
        }

        Prepare();
    }
}

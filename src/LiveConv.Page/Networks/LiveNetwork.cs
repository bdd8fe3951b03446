using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.Page;

/// <summary>
/// A trained network that pages look into: it runs over the image that is looked at and keeps every layer's maps. Nothing runs while nobody
/// looks. Thread-safe; one looks at a time.
/// </summary>
public sealed class LiveNetwork
{
    private const int MaxScores = 5;
    private readonly Lock gate = new();
    private readonly NetworkRunner runner;
    private readonly NetworkInput input;
    private readonly LayerSheet sheet;
    private readonly UnitExplainer explainer;
    private readonly IReadOnlyList<string> labels;
    private readonly float[] scores;

    /// <summary>Plans a network.</summary>
    /// <param name="name">What pages call it.</param>
    /// <param name="network">The network; its input has one channel or three.</param>
    /// <param name="labels">The names of its classes; none when it has no classes.</param>
    /// <param name="scale">How it wants pixels.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The input has another number of channels, or there are labels, but not as many as the first output has elements.
    /// </exception>
    /// <exception cref="NetworkException">There is not enough memory.</exception>
    public LiveNetwork(string name, Network network, IReadOnlyList<string> labels, PixelScale scale)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(labels);
        NetworkLayer first = network.Layers[0];
        if (first.Channels is not (1 or 3))
        {
            throw new ArgumentException($"its input has {first.Channels} channels; images have one or three", nameof(network));
        }

        int outputs = network.Layers[network.Outputs[0].Layer].Length;
        if (labels.Count > 0 && labels.Count != outputs)
        {
            throw new ArgumentException($"there are {labels.Count} labels; the network has {outputs} outputs", nameof(labels));
        }

        (Name, Network, this.labels) = (name, network, labels);
        runner = network.Plan(keepsOutputs: true);
        input = new NetworkInput(first, scale);
        sheet = new LayerSheet(runner);
        explainer = new UnitExplainer(runner);
        scores = labels.Count > 0 ? new float[outputs] : [];
    }

    /// <summary>What pages call it.</summary>
    public string Name { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Runs over an image and shows a layer of it.</summary>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    /// <param name="number">Its number.</param>
    /// <param name="request">What is shown.</param>
    internal NetworkMessage Show(Plane<byte> image, uint number, NetworkRequest request)
    {
        if (request.Layer >= Network.Layers.Count)
        {
            return NetworkMessage.Refuse($"the network has {Network.Layers.Count} layers");
        }

        lock (gate)
        {
            input.Read(image);
            runner.Run(input.Values);
            (int left, int top, int width, int height) = input.PartOf(new ImageSize(image.Width, image.Height));
            UnitLine? unit = request.Unit is { } asked ? explainer.Explain(request.Layer, asked) : null;
            bool isFinite = unit?.IsFinite() ?? true;
            return new NetworkMessage(
                number,
                request.WithLayers ? [.. Network.Layers.Select(NetworkLayerLine.Of)] : null,
                new PartLine(left, top, width, height),
                SmallMap.Of(image.Slice(left, top, width, height)),
                request.Layer,
                sheet.Of(request.Layer, request.Width),
                Scores(),
                isFinite ? unit : null,
                isFinite ? null : "this value cannot be explained: it, or what it is made of, is not finite");
        }
    }

    private ScoreLine[] Scores()
    {
        if (scores.Length == 0)
        {
            return [];
        }

        NetworkLayer last = Network.Layers[Network.Outputs[0].Layer];
        runner.CopyOutput(last.Index, scores);
        if (!Array.TrueForAll(scores, float.IsFinite))
        {
            return [];
        }

        double[] shown = IsProbability(last) ? Array.ConvertAll(scores, static score => (double)score) : Softmax(scores);
        return
        [
            .. shown.Select((score, label) => new ScoreLine(labels[label], Math.Round(score, 4)))
                .OrderByDescending(line => line.Score).Take(MaxScores),
        ];
    }

    private static bool IsProbability(NetworkLayer layer) => layer.Operators.Any(name => name is "Softmax" or "Sigmoid");

    private static double[] Softmax(float[] values)
    {
        double max = values.Max();
        double[] powers = Array.ConvertAll(values, value => Math.Exp(value - max));
        double sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}

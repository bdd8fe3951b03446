using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>
/// Images on their way through a network and back. Each goes all of it on one thread; the gradients of the parameters are then summed over
/// all images, each by one thread and in one order: the same bits for every number of threads.
/// </summary>
internal sealed class Batch
{
    private readonly TrainingNetwork network;
    private readonly float[][] values;
    private readonly float[][] gradients;
    private readonly double[] losses;
    private readonly bool[] isRight;

    /// <summary>Takes memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">Images, at least 1.</param>
    public Batch(TrainingNetwork network, int capacity)
    {
        this.network = network;
        values = [
            new float[checked(capacity * network.Input.Length)],
            .. network.Layers.Select(layer => new float[checked(capacity * layer.Output.Length)])];
        gradients = [.. network.Layers.Select(layer => new float[capacity * layer.Output.Length])];
        (losses, isRight, Labels) = (new double[capacity], new bool[capacity], new int[capacity]);
    }

    public int Capacity => Labels.Length;

    /// <summary>The images' classes.</summary>
    public int[] Labels { get; }

    /// <summary>An image, to be written.</summary>
    public Span<float> Image(int n) => values[0].AsSpan(n * network.Input.Length, network.Input.Length);

    /// <summary>Computes the loss of the first images.</summary>
    public BatchResult Measure(int images, WorkerPool? workers) => Run(images, isLearning: false, workers);

    /// <summary>Computes the loss of the first images, and the gradients of their mean to all parameters.</summary>
    public BatchResult Learn(int images, WorkerPool? workers)
    {
        BatchResult result = Run(images, isLearning: true, workers);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            TrainableLayer layer = network.Layers[l];
            layer.Learn(
                images, values[l].AsSpan(0, images * layer.Input.Length), gradients[l].AsSpan(0, images * layer.Output.Length), workers);
        }

        return result;
    }

    private BatchResult Run(int images, bool isLearning, WorkerPool? workers)
    {
        var job = new ImageJob(this, images, isLearning);
        Tiles.Run(ref job, images, workers);
        double loss = 0;
        int right = 0;
        for (int n = 0; n < images; n++)
        {
            loss += losses[n];
            right += isRight[n] ? 1 : 0;
        }

        return new BatchResult(loss / images, (double)right / images);
    }

    private void RunImage(int n, int images, bool isLearning)
    {
        IReadOnlyList<TrainableLayer> layers = network.Layers;
        for (int l = 0; l < layers.Count; l++)
        {
            layers[l].Forward(Of(values[l], n, layers[l].Input), Of(values[l + 1], n, layers[l].Output));
        }

        ReadOnlySpan<float> scores = Of(values[^1], n, layers[^1].Output);
        losses[n] = SoftmaxScores.Loss(scores, Labels[n], images, Of(gradients[^1], n, layers[^1].Output));
        isRight[n] = Largest(scores) == Labels[n];
        for (int l = layers.Count - 1; isLearning && l > 0; l--)
        {
            layers[l].Backward(
                Of(values[l], n, layers[l].Input), Of(gradients[l], n, layers[l].Output), Of(gradients[l - 1], n, layers[l].Input));
        }
    }

    private static Span<float> Of(float[] all, int n, MapShape shape) => all.AsSpan(n * shape.Length, shape.Length);

    // The first of equals; -1 where a score is no number.
    private static int Largest(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
            {
                return -1;
            }

            largest = scores[i] > scores[largest] ? i : largest;
        }

        return largest;
    }

    private readonly struct ImageJob(Batch batch, int images, bool isLearning) : ITileJob
    {
        public void Run(int tile) => batch.RunImage(tile, images, isLearning);
    }
}

/// <summary>How well a network does on some images.</summary>
/// <param name="Loss">The mean cross-entropy.</param>
/// <param name="Accuracy">The fraction whose largest score is their class's.</param>
internal readonly record struct BatchResult(double Loss, double Accuracy);

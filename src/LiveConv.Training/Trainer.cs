using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>
/// Trains a network by examples, step by step: the caller takes one step after the other, and may wait or stop between two. The same
/// examples, options and network give the same bits on every machine and for every number of threads.
/// </summary>
public sealed class Trainer
{
    // Images that are measured together.
    private const int MaxMeasured = 64;

    private readonly TrainingNetwork network;
    private readonly ExampleSet examples;
    private readonly TrainingOptions options;
    private readonly WorkerPool? workers;
    private readonly RandomNumbers random;
    private readonly int[] learned;
    private readonly int[] kept;
    private readonly Optimizer optimizer;
    private readonly Batch batch;
    private float[][] best;
    private double smallest = double.PositiveInfinity;
    private double firstLoss;

    /// <summary>Sets training up.</summary>
    /// <param name="network">The network; its parameters are changed.</param>
    /// <param name="examples">What it learns from; stays as it is while training goes on.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The images or classes do not fit the network, or a class has too few examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Trainer(TrainingNetwork network, ExampleSet examples, TrainingOptions? options = null, WorkerPool? workers = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        (this.network, this.examples, this.options, this.workers) = (network, examples, options ?? new TrainingOptions(), workers);
        this.options.Check();
        if (examples.Shape != network.Input || examples.Labels.Count != network.Classes)
        {
            throw new ArgumentException(
                $"the network takes images of {network.Input} and has {network.Classes} scores; the examples are {examples.Shape}, of "
                + $"{examples.Labels.Count} classes", nameof(examples));
        }

        random = new RandomNumbers(this.options.Seed);
        (learned, kept) = Split();
        batch = new Batch(network, Math.Max(Math.Min(this.options.BatchSize, learned.Length), Math.Min(MaxMeasured, kept.Length)));
        optimizer = Optimizer.Of(this.options, network.Parameters);
        best = network.CopyParameters();
    }

    /// <summary>Examples that are learned from.</summary>
    public int Learned => learned.Length;

    /// <summary>Examples that are kept for validation.</summary>
    public int Kept => kept.Length;

    /// <summary>Trains, a batch at a time. Once.</summary>
    public IEnumerable<TrainingStep> Run()
    {
        int size = Math.Min(options.BatchSize, learned.Length);
        int batches = (learned.Length + size - 1) / size;
        int waited = 0;
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(learned);
            double loss = 0, accuracy = 0;
            for (int b = 1; b <= batches; b++)
            {
                int count = FillBatch(learned, (b - 1) * size, size);
                BatchResult result = batch.Learn(count, workers);
                if (!double.IsFinite(result.Loss))
                {
                    network.SetParameters(best);
                    yield return new TrainingStep(epoch, b, batches, result.Loss, result.Accuracy, null, TrainingState.Diverged);
                    yield break;
                }

                firstLoss = epoch == 1 && b == 1 ? result.Loss : firstLoss;
                loss += result.Loss / batches;
                accuracy += result.Accuracy / batches;
                optimizer.Step();
                network.Prepare();
                if (b < batches)
                {
                    yield return new TrainingStep(epoch, b, batches, result.Loss, result.Accuracy, null, TrainingState.Running);
                    continue;
                }

                BatchResult? validation = kept.Length > 0 ? Measure() : null;
                bool isDiverging = IsDiverging(epoch, loss, validation?.Loss ?? loss);
                bool isBest = !isDiverging && KeepIfBest(validation?.Loss ?? loss);
                waited = isBest ? 0 : waited + 1;
                var summary = new EpochSummary(loss, accuracy, validation?.Loss, validation?.Accuracy, isBest);
                TrainingState state = isDiverging ? TrainingState.Diverged
                    : kept.Length > 0 && waited >= options.Patience ? TrainingState.Stopped
                    : epoch == options.Epochs ? TrainingState.Done
                    : TrainingState.Running;
                if (state != TrainingState.Running)
                {
                    network.SetParameters(best);
                }

                yield return new TrainingStep(epoch, b, batches, result.Loss, result.Accuracy, summary, state);
                if (state != TrainingState.Running)
                {
                    yield break;
                }
            }
        }
    }

    // In the first epoch the weights of the seed may be worse than guessing.
    private bool IsDiverging(int epoch, double loss, double measured) =>
        !double.IsFinite(measured) || loss > 2 * Math.Max(ExactFunctions.Log(network.Classes), epoch == 1 ? firstLoss : 0);

    private bool KeepIfBest(double loss)
    {
        if (loss >= smallest)
        {
            return false;
        }

        (smallest, best) = (loss, network.CopyParameters());
        return true;
    }

    private BatchResult Measure()
    {
        double loss = 0, accuracy = 0;
        for (int start = 0; start < kept.Length; start += batch.Capacity)
        {
            int count = FillBatch(kept, start, batch.Capacity);
            BatchResult part = batch.Measure(count, workers);
            loss += part.Loss * count / kept.Length;
            accuracy += part.Accuracy * count / kept.Length;
        }

        return new BatchResult(loss, accuracy);
    }

    private int FillBatch(int[] from, int start, int size)
    {
        int count = Math.Min(size, from.Length - start);
        for (int n = 0; n < count; n++)
        {
            examples.Fill(from[start + n], batch.Image(n));
            batch.Labels[n] = examples.LabelOf(from[start + n]);
        }

        return count;
    }

    // Of each class the same fraction, at least one, and one at least to learn from.
    private (int[] Learned, int[] Kept) Split()
    {
        List<int> forLearning = [], forValidation = [];
        for (int label = 0; label < examples.Labels.Count; label++)
        {
            int[] ofClass = [.. Enumerable.Range(0, examples.Count).Where(image => examples.LabelOf(image) == label)];
            int min = options.Validation > 0 ? 2 : 1;
            if (ofClass.Length < min)
            {
                throw new ArgumentException(
                    $"class {examples.Labels[label]} has {ofClass.Length} of the {min} examples that training takes");
            }

            random.Shuffle(ofClass);
            int share = (int)Math.Round(ofClass.Length * options.Validation);
            int count = options.Validation > 0 ? Math.Clamp(share, 1, ofClass.Length - 1) : 0;
            forValidation.AddRange(ofClass[..count]);
            forLearning.AddRange(ofClass[count..]);
        }

        return ([.. forLearning], [.. forValidation]);
    }
}

using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>
/// A layer of a network that is trained. It gets its shapes and numbers when a network is made of it, and belongs to that network alone.
/// </summary>
public abstract class TrainableLayer
{
    private bool isPlaced;

    private protected TrainableLayer()
    {
    }

    /// <summary>What goes in, of one image.</summary>
    public MapShape Input { get; private set; }

    /// <summary>What comes out, of one image.</summary>
    public MapShape Output { get; private set; }

    /// <summary>What it learns; none of layers without weights.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Gives the layer its place.</summary>
    /// <exception cref="ArgumentException">The input does not fit, or the layer has a place already.</exception>
    internal void Place(MapShape input, RandomNumbers random)
    {
        if (isPlaced)
        {
            throw new ArgumentException("a layer belongs to one network: make one for each place");
        }

        (isPlaced, Input, Output) = (true, input, OutputFor(input));
        Initialize(random);
    }

    /// <summary>The output for an input.</summary>
    /// <param name="input">What goes in, of one image.</param>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public abstract MapShape OutputFor(MapShape input);

    private protected virtual void Initialize(RandomNumbers random)
    {
    }

    /// <summary>Lays the parameters out; after every change of them.</summary>
    internal virtual void Prepare()
    {
    }

    /// <summary>Computes one image's output. By many threads at once.</summary>
    internal abstract void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the gradient to one image's input. By many threads at once.</summary>
    internal abstract void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient);

    /// <summary>Computes the gradients to the parameters, over all images of a batch.</summary>
    internal virtual void Learn(int images, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, WorkerPool? workers)
    {
    }
}

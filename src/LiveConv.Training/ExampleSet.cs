namespace LiveConv.Training;

/// <summary>Images of 8 bits with their classes, all of one size. A network sees their pixels as 0 to 1: the bytes over 255.</summary>
public sealed class ExampleSet
{
    private readonly List<byte[]> images = [];
    private readonly List<int> classes = [];

    /// <summary>Starts a set.</summary>
    /// <param name="shape">One image.</param>
    /// <param name="labels">The classes' names, two or more, each once.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or a name is there twice.</exception>
    public ExampleSet(MapShape shape, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count < 2 || labels.Distinct().Count() < labels.Count)
        {
            throw new ArgumentException("a network learns to tell two classes or more, each with a name of its own", nameof(labels));
        }

        (Shape, Labels) = (shape, [.. labels]);
    }

    /// <summary>One image.</summary>
    public MapShape Shape { get; }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How many images there are.</summary>
    public int Count => images.Count;

    /// <summary>Adds an image.</summary>
    /// <param name="pixels">Channel by channel, row by row; copied.</param>
    /// <param name="label">Its class, from 0.</param>
    /// <exception cref="ArgumentException">It has another size, or there is no such class.</exception>
    public void Add(ReadOnlySpan<byte> pixels, int label)
    {
        if (pixels.Length != Shape.Length)
        {
            throw new ArgumentException($"the image has {pixels.Length} pixels; those of this set are {Shape}", nameof(pixels));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Labels.Count, nameof(label));
        images.Add(pixels.ToArray());
        classes.Add(label);
    }

    /// <summary>The class of an image.</summary>
    /// <param name="image">Its number, from 0.</param>
    public int LabelOf(int image) => classes[image];

    /// <summary>The pixels of an image as a network sees them.</summary>
    /// <param name="image">Its number, from 0.</param>
    /// <param name="values">Overwritten; as long as an image.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Fill(int image, Span<float> values)
    {
        if (values.Length != Shape.Length)
        {
            throw new ArgumentException($"there is room for {values.Length} pixels; images of this set are {Shape}", nameof(values));
        }

        byte[] pixels = images[image];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = pixels[i] / 255f;
        }
    }
}

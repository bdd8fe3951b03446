using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>A trained network, read from an .onnx file, as layers of the engine. Immutable; safe from many threads at once.</summary>
public sealed class Network
{
    private readonly BlockedNetwork blocks;
    private readonly HashSet<int> outputLayers;

    internal Network(OnnxModel model, IReadOnlyList<NetworkLayer> layers, IReadOnlyList<NetworkOutput> outputs, BlockedNetwork blocks)
    {
        (Name, Producer, Opset) = (Names.Shown(model.Name), Names.Shown(model.Producer), (int)model.Opset);
        (Layers, Outputs, this.blocks) = (layers, outputs, blocks);
        outputLayers = [.. outputs.Select(output => output.Layer)];
    }

    /// <summary>The name that the file has for it, or "".</summary>
    public string Name { get; }

    /// <summary>The program that wrote the file, or "".</summary>
    public string Producer { get; }

    /// <summary>The version of ONNX's operators.</summary>
    public int Opset { get; }

    /// <summary>All layers in the order in which they are computed. The first is the input.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>What the file calls its outputs; at least one.</summary>
    public IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <summary>Weights and biases of all layers.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Products that are added, for one image.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="options">The input's size, where the file leaves it open, and limits. Default: none, and those of the class.</param>
    /// <exception cref="NetworkException">It is no network that LiveConv runs; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Network Read(string path, NetworkOptions? options = null)
    {
        options ??= new NetworkOptions();
        using FileStream stream = File.OpenRead(path);
        long limit = Math.Min(options.MaxFileBytes, Array.MaxLength);
        CheckBytes(stream.CanSeek ? stream.Length : 0, limit);
        return Read(ReadAll(stream, limit), options);
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="file">The whole .onnx file; copied where it is needed longer.</param>
    /// <param name="options">The input's size, where the file leaves it open, and limits. Default: none, and those of the class.</param>
    /// <exception cref="NetworkException">It is no network that LiveConv runs; the message says why.</exception>
    public static Network Read(ReadOnlyMemory<byte> file, NetworkOptions? options = null)
    {
        options ??= new NetworkOptions();
        CheckBytes(file.Length, options.MaxFileBytes);
        return GraphBuilder.Build(OnnxParser.Parse(file), options);
    }

    /// <summary>Lays weights and memory out for one image.</summary>
    /// <param name="keepsOutputs">
    /// Whether the output of every layer stays readable until the next run. Otherwise layers lend their memory to later ones, and only the
    /// network's outputs and its input stay.
    /// </param>
    /// <returns>The runner, for one thread at a time.</returns>
    /// <exception cref="NetworkException">There is not enough memory.</exception>
    public NetworkRunner Plan(bool keepsOutputs = false)
    {
        try
        {
            return new NetworkRunner(this, keepsOutputs, blocks.Plan(keeps: layer => keepsOutputs || IsOutput(layer)));
        }
        catch (OutOfMemoryException e)
        {
            throw new NetworkException("there is not enough memory for the network", e);
        }
    }

    /// <summary>Whether a layer's output is one of the network's.</summary>
    internal bool IsOutput(int layer) => outputLayers.Contains(layer);

    private static void CheckBytes(long bytes, long limit)
    {
        if (bytes > limit)
        {
            throw new NetworkException($"the file has {bytes} bytes; LiveConv reads networks of at most {limit}");
        }
    }

    private static byte[] ReadAll(FileStream stream, long limit)
    {
        // A pipe does not say how long it is.
        using var memory = new MemoryStream(stream.CanSeek ? (int)stream.Length : 0);
        byte[] part = new byte[1 << 16];
        for (int count; (count = stream.Read(part)) > 0;)
        {
            CheckBytes(memory.Length + count, limit);
            memory.Write(part, 0, count);
        }

        return memory.Capacity == memory.Length ? memory.GetBuffer() : memory.ToArray();
    }
}

/// <summary>One of a network's outputs.</summary>
/// <param name="Name">The file's name for it.</param>
/// <param name="Layer">The number of the layer that computes it.</param>
/// <param name="Shape">Its shape; the elements are those of the layer, in the same order.</param>
public sealed record NetworkOutput(string Name, int Layer, IReadOnlyList<int> Shape);

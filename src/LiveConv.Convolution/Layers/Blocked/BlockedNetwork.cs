namespace LiveConv.Convolution;

/// <summary>
/// A graph of layers over images in blocks of channels. Nodes are added in the order in which they are computed; <see cref="Plan"/> lays
/// weights and memory out once. A node is known by its number. Built by one thread.
/// </summary>
internal sealed class BlockedNetwork
{
    private readonly List<Node> nodes = [];

    /// <summary>Starts a network with its input, node 0.</summary>
    /// <param name="input">The input's size.</param>
    public BlockedNetwork(BlockedSize input) => nodes.Add(new Node(null, input, []));

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">The node that it reads.</param>
    /// <param name="addend">The node that is added to its sums, or -1.</param>
    /// <returns>The new node.</returns>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public int Add(BlockedLayer layer, int source, int addend = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)source, (uint)nodes.Count, nameof(source));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(addend, nodes.Count);
        return Add(layer, addend < 0 ? [source] : [source, addend]);
    }

    /// <summary>Adds a layer that reads any number of nodes.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">The nodes that it reads, at least one.</param>
    /// <returns>The new node.</returns>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public int Add(BlockedLayer layer, int[] sources)
    {
        BlockedSize size = layer.OutputOf(Array.ConvertAll(sources, SizeOf));
        nodes.Add(new Node(layer, size, sources));
        return nodes.Count - 1;
    }

    /// <summary>The size of a node's output.</summary>
    public BlockedSize SizeOf(int node) => nodes[node].Size;

    /// <summary>Elements of all images, as if none lent its memory to a later one.</summary>
    public long Length() => Layouts().Sum(layout => (long)layout.Length);

    /// <summary>Lays the network out.</summary>
    /// <param name="width">The registers; by default the machine's widest.</param>
    /// <param name="keeps">Which nodes' outputs stay until the next run; that of the last node always does, and the input.</param>
    /// <returns>The network, whose output is that of its last node.</returns>
    public BlockedRunner Plan(VectorWidth? width = null, Predicate<int>? keeps = null)
    {
        BlockedLayout[] layouts = Layouts();
        int[] lastReaders = LastReaders();
        ILookup<int, int> read = Enumerable.Range(0, nodes.Count).ToLookup(n => lastReaders[n]);
        var tensors = new BlockedTensor[nodes.Count];
        var steps = new BlockedStep[nodes.Count - 1];
        var free = new Dictionary<BlockedLayout, Stack<BlockedTensor>>();
        for (int n = 0; n < nodes.Count; n++)
        {
            bool isOld = free.TryGetValue(layouts[n], out Stack<BlockedTensor>? olds) && olds.Count > 0;
            tensors[n] = isOld ? olds!.Pop() : new BlockedTensor(layouts[n]);
            if (nodes[n] is { Layer: { } layer, Sources: { } sources })
            {
                BlockedTensor[] inputs = Array.ConvertAll(sources, source => tensors[source]);
                steps[n - 1] = layer.Plan(inputs, tensors[n], width ?? VectorWidths.BestReal);
            }

            // Node 0 keeps its memory, which the next run writes; and images that nobody reads any more make room for those of their shape.
            foreach (int done in read[n].Where(done => done > 0 && keeps?.Invoke(done) != true))
            {
                free.TryAdd(layouts[done], []);
                free[layouts[done]].Push(tensors[done]);
            }
        }

        return new BlockedRunner(tensors, steps);
    }

    // The last one that reads each node; none reads the last node.
    private int[] LastReaders()
    {
        var readers = new int[nodes.Count];
        Array.Fill(readers, int.MaxValue);
        for (int n = 0; n < nodes.Count; n++)
        {
            foreach (int source in nodes[n].Sources)
            {
                readers[source] = n;
            }
        }

        return readers;
    }

    private BlockedLayout[] Layouts()
    {
        var borders = new int[nodes.Count];
        bool isPlanes = nodes[0].Size.Channels < BlockedLayout.Wide && nodes.Count > 1;
        foreach (Node node in nodes.Skip(1))
        {
            int source = node.Sources[0];
            borders[source] = Math.Max(borders[source], node.Layer!.BorderOf(nodes[source].Size));
            isPlanes &= (source != 0 || node.Layer.TakesPlanes) && !node.Sources.AsSpan(1).Contains(0);
        }

        return [.. nodes.Select((node, n) => new BlockedLayout(
            node.Size.Channels, node.Size.Height, node.Size.Width, borders[n], n == 0 && isPlanes ? 1 : BlockedLayout.Wide))];
    }

    private sealed record Node(BlockedLayer? Layer, BlockedSize Size, int[] Sources);
}

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
    public BlockedNetwork(BlockedSize input) => nodes.Add(new Node(null, input, -1, -1));

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
        BlockedSize size = layer.OutputOf(nodes[source].Size);
        if (addend >= 0 && nodes[addend].Size != size)
        {
            throw Shapes.Error("addend", $"the sums are {size}; the addend is {nodes[addend].Size}");
        }

        nodes.Add(new Node(layer, size, source, addend));
        return nodes.Count - 1;
    }

    /// <summary>The size of a node's output.</summary>
    public BlockedSize SizeOf(int node) => nodes[node].Size;

    /// <summary>Lays the network out.</summary>
    /// <param name="width">The registers; by default the machine's widest.</param>
    /// <returns>The network, whose output is that of its last node.</returns>
    public BlockedRunner Plan(VectorWidth? width = null)
    {
        var tensors = new BlockedTensor[nodes.Count];
        var steps = new BlockedStep[nodes.Count - 1];
        var free = new List<BlockedTensor>();
        for (int n = 0; n < nodes.Count; n++)
        {
            BlockedLayout layout = LayoutOf(n);
            BlockedTensor? old = free.Find(tensor => tensor.Layout == layout);
            _ = old is not null && free.Remove(old);
            tensors[n] = old ?? new BlockedTensor(layout);
            if (nodes[n] is { Layer: { } layer } node)
            {
                BlockedTensor? addend = node.Addend < 0 ? null : tensors[node.Addend];
                steps[n - 1] = layer.Plan(tensors[node.Source], tensors[n], addend, width ?? VectorWidths.BestReal);
            }

            // Node 0 keeps its memory, which the next run writes; and images that nobody reads any more make room for those of their shape.
            for (int read = 1; read < n; read++)
            {
                if (LastReaderOf(read) == n)
                {
                    free.Add(tensors[read]);
                }
            }
        }

        return new BlockedRunner(tensors[0], steps, tensors[^1]);
    }

    private int LastReaderOf(int node) => nodes.FindLastIndex(reader => reader.Source == node || reader.Addend == node);

    private BlockedLayout LayoutOf(int node)
    {
        BlockedSize size = nodes[node].Size;
        int border = 0;
        bool isPlanes = node == 0 && size.Channels < BlockedLayout.Wide && nodes.Count > 1;
        foreach (Node reader in nodes)
        {
            border = reader.Source == node ? Math.Max(border, reader.Layer!.BorderOf(size)) : border;
            isPlanes &= (reader.Source != node || reader.Layer!.TakesPlanes) && reader.Addend != node;
        }

        return new(size.Channels, size.Height, size.Width, border, isPlanes ? 1 : BlockedLayout.Wide);
    }

    private sealed record Node(BlockedLayer? Layer, BlockedSize Size, int Source, int Addend);
}

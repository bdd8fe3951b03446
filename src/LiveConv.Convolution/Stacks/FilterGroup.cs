namespace LiveConv.Convolution.Stacks;

/// <summary>
/// Neighbouring filters of a layer whose kernels are at the same positions of the same maps: every value that they read serves them
/// all. Places where none of them has a weight are left out. Immutable.
/// </summary>
internal sealed class FilterGroup
{
    private FilterGroup(int first, LayerFilter[] filters, Place[][] places, PaddedLayout layout)
    {
        First = first;
        var offsets = new List<nint>();
        var weights = new List<float>[filters.Length];
        for (int f = 0; f < filters.Length; f++)
        {
            weights[f] = [];
        }

        for (int p = 0; p < places[0].Length; p++)
        {
            Place place = places[0][p];
            for (int j = 0; j < place.Kernel.Height; j++)
            {
                for (int i = 0; i < place.Kernel.Width; i++)
                {
                    if (Array.Exists(places, filter => filter[p].Kernel[j, i] != 0))
                    {
                        offsets.Add(layout.TapOffset(place.Channel, 0, place.Row + j, place.Column + i));
                        for (int f = 0; f < filters.Length; f++)
                        {
                            weights[f].Add(places[f][p].Kernel[j, i]);
                        }
                    }
                }
            }
        }

        TapOffsets = [.. offsets];
        Weights = new ChannelPackedWeights<float>(
            [.. weights.SelectMany(w => w)], Array.ConvertAll(filters, filter => filter.Bias), filters.Length, 1);
    }

    /// <summary>Index of the first filter.</summary>
    public int First { get; }

    /// <summary>Where in the padded maps the values of an output lie, from its first one.</summary>
    public nint[] TapOffsets { get; }

    public ChannelPackedWeights<float> Weights { get; }

    /// <summary>Groups a layer's filters.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The input maps that it looks at, in the order in which they are padded.</param>
    /// <param name="layout">Where the padded maps lie.</param>
    public static FilterGroup[] Of(StackLayer layer, int[] inputs, PaddedLayout layout)
    {
        Place[][] places = [.. layer.Filters.Select(filter => PlacesOf(layer, filter, inputs))];
        var groups = new List<FilterGroup>();
        for (int first = 0, end; first < places.Length; first = end)
        {
            end = first + 1;
            while (end < places.Length && places[first].AsSpan().SequenceEqual(places[end], SamePlace.Comparer))
            {
                end++;
            }

            groups.Add(new FilterGroup(first, [.. layer.Filters.Take(first..end)], places[first..end], layout));
        }

        return [.. groups];
    }

    // Map by map; two kernels on one map stay in the order given.
    private static Place[] PlacesOf(StackLayer layer, LayerFilter filter, int[] inputs) =>
    [
        .. filter.Terms.OrderBy(term => term.Input).Select(term =>
        {
            (int row, int column) = layer.FirstTapOf(term.Kernel);
            return new Place(Array.IndexOf(inputs, term.Input), row, column, term.Kernel);
        }),
    ];

    /// <summary>The position of a kernel: the padded map, and its first tap within the layer's window.</summary>
    private readonly record struct Place(int Channel, int Row, int Column, Kernel Kernel);

    private sealed class SamePlace : IEqualityComparer<Place>
    {
        public static readonly SamePlace Comparer = new();

        public bool Equals(Place a, Place b) => ShapeOf(a) == ShapeOf(b);

        public int GetHashCode(Place place) => ShapeOf(place).GetHashCode();

        private static (int Channel, int Row, int Column, int Width, int Height) ShapeOf(Place place) =>
            (place.Channel, place.Row, place.Column, place.Kernel.Width, place.Kernel.Height);
    }
}

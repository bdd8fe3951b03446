using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>One immutable choice of kernels. A frame is filtered wholly by one preset.</summary>
public sealed class Preset
{
    /// <summary>Makes a preset.</summary>
    /// <param name="id">The short name that <c>--preset</c> takes: the file's name without <c>.json</c>.</param>
    /// <param name="name">The display name.</param>
    /// <param name="bank">Two filters: the one that shows vertical edges, then the one that shows horizontal edges.</param>
    /// <exception cref="ArgumentException">A name is empty, or the bank does not have two filters.</exception>
    /// <exception cref="ArgumentNullException">The bank is null.</exception>
    public Preset(string id, string name, FilterBank bank)
        : this(id, name)
    {
        ArgumentNullException.ThrowIfNull(bank);
        if (bank.Filters.Length != 2)
        {
            throw new ArgumentException(
                $"a preset has a vertical and a horizontal filter; the bank has {bank.Filters.Length}", nameof(bank));
        }

        Bank = bank;
        Operation = bank.Operation;
    }

    /// <summary>Makes a preset of several layers, or of kernels over time.</summary>
    /// <param name="id">The short name that <c>--preset</c> takes: the file's name without <c>.json</c>.</param>
    /// <param name="name">The display name.</param>
    /// <param name="stack">The layers.</param>
    /// <param name="before">What the stack sees before the first frame, when it uses several frames.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentNullException">The stack is null.</exception>
    public Preset(string id, string name, LayerStack stack, TimeBorder before = TimeBorder.Replicate)
        : this(id, name)
    {
        ArgumentNullException.ThrowIfNull(stack);
        Stack = stack;
        Before = before;
        (Vertical, Horizontal) = (MapCaption.Left, MapCaption.Right);
    }

    private Preset(string id, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Id = id;
        Name = name;
        (Vertical, Horizontal) = (MapCaption.VerticalEdges, MapCaption.HorizontalEdges);
    }

    /// <summary>
    /// The options of a live pair's bank: frames come from memory, and the maps are read by another thread.
    /// Streaming was never slower, with the copy by the reader included: docs/performance.md.
    /// </summary>
    internal static FilterBankOptions LiveBank { get; } = new() { StreamMaps = true };

    /// <summary>The seed's pair, mirrored at the border so that the frame's rim is no false edge. Always available.</summary>
    public static Preset Seed { get; } = new(
        "seed",
        "Seed edges",
        new FilterBank(
            Operation.Correlation,
            BorderMode.Mirror,
            LiveBank,
            new Filter(new Kernel(new float[,] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } })),
            new Filter(new Kernel(new float[,] { { 1, 1, 1 }, { 0, 0, 0 }, { -1, -1, -1 } }))));

    /// <summary>The short name that <c>--preset</c> takes.</summary>
    public string Id { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>What the preset does, in a sentence; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>What the left map shows. Default: vertical edges; for layers, nothing in particular.</summary>
    public MapCaption Vertical { get; init; }

    /// <summary>What the right map shows. Default: horizontal edges; for layers, nothing in particular.</summary>
    public MapCaption Horizontal { get; init; }

    /// <summary>Where the operator comes from; may be empty.</summary>
    public string Source { get; init; } = "";

    /// <summary>The hotkey that the file asks for, 1 to 9; null when any free place will do.</summary>
    public int? Key { get; init; }

    /// <summary>The filters of a pair: vertical edges, then horizontal edges. Null for a preset of layers.</summary>
    public FilterBank? Bank { get; }

    /// <summary>
    /// What is done with the kernels as they were written. For a convolution those of <see cref="Stack"/> are rotated already.
    /// </summary>
    public Operation Operation { get; init; }

    /// <summary>The layers. Null for a pair.</summary>
    public LayerStack? Stack { get; }

    /// <summary>What the stack sees before the first frame, when it uses several frames.</summary>
    public TimeBorder Before { get; }

    /// <summary>The filters of a pair, for what can be done with two kernels only.</summary>
    /// <param name="purpose">What the kernels are for, as the end of the refusal: "learn from".</param>
    /// <exception cref="LiveConvException">The preset is a stack of layers.</exception>
    public FilterBank RequireBank(string purpose) => Bank
        ?? throw new LiveConvException(
            $"preset {Id} is a stack of layers, and what a stack does is no single kernel: choose a preset of two kernels to {purpose}");
}

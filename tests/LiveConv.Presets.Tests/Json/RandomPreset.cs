using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Convolution.Tests.Stacks;

namespace LiveConv.Presets.Tests;

/// <summary>Random presets of every form that a file can hold.</summary>
/// <param name="random">Where all choices come from.</param>
internal sealed class RandomPreset(Random random)
{
    private static readonly string[] Pieces = ["a", "Z", " ", "\"", "\\", "/", "<", "&", "é", "中", "😀", "\u2028", "'", "{", "7"];

    public Preset Pair()
    {
        Kernel shape = Kernel(random.Next(1, 8), random.Next(1, 8));
        Kernel[] kernels = random.Next(2) == 0
            ? [shape, Kernel(random.Next(1, 8), random.Next(1, 8))]
            : [Anchored(shape, random.Next(shape.Width), random.Next(shape.Height)), shape];
        kernels[1] = kernels[0].IsCentred ? kernels[1] : Anchored(kernels[1], kernels[0].AnchorX, kernels[0].AnchorY);
        (Response response, float gain) = (Any<Response>(), Number());
        var bank = new FilterBank(
            Any<Operation>(), RandomStack.Border(random), new Filter(kernels[0], response, gain), new Filter(kernels[1], response, gain));
        return new Preset("random", Text(1, 80), bank)
        {
            Description = Text(0, 1000),
            Source = Text(0, 1000),
            Key = Key(),
            Vertical = Caption(new MapCaption("Vertical edges")),
            Horizontal = Caption(new MapCaption("Horizontal edges")),
        };
    }

    public Preset Stack()
    {
        LayerStack drawn = RandomStack.Make(random);
        StackLayer[] layers = [.. drawn.Layers.Select((layer, i) => Writable(layer, i == 0 ? 0 : drawn.MapsOf(i - 1)))];
        var stack = new LayerStack(layers, Output(drawn), random.Next(2) == 0 ? drawn.Horizontal : Output(drawn));
        return new Preset("random", Text(1, 80), stack, Any<TimeBorder>())
        {
            Operation = Any<Operation>(),
            Description = Text(0, 1000),
            Source = Text(0, 1000),
            Key = Key(),
            Vertical = Caption(new MapCaption("Left map")),
            Horizontal = Caption(new MapCaption("Right map")),
        };
    }

    private MapCaption Caption(MapCaption standard) => random.Next(2) == 0 ? standard : new MapCaption(Text(1, 80), Text(0, 200));

    // The filters of a file have a kernel for every frame (the first layer), for every channel, or for one map.
    private StackLayer Writable(StackLayer layer, int maps) => layer with
    {
        Name = Text(0, 80),
        Threshold = Number(),
        Filters = [.. layer.Filters.Select(filter => new LayerFilter(
            maps > 0 && random.Next(2) == 0
                ? [new KernelTerm(random.Next(maps), Redrawn(filter.Terms[0].Kernel))]
                : [.. Inputs(maps > 0 ? maps : 3).Select(input => new KernelTerm(input, Redrawn(filter.Terms[0].Kernel)))],
            Number()))],
    };

    private IEnumerable<int> Inputs(int max) => Enumerable.Range(0, random.Next(1, max + 1));

    private Kernel Redrawn(Kernel shape) => Anchored(Kernel(shape.Width, shape.Height), shape.AnchorX, shape.AnchorY);

    private StackOutput Output(LayerStack stack)
    {
        int layer = random.Next(stack.Layers.Count);
        return new StackOutput(layer, random.Next(stack.MapsOf(layer)), Any<Response>(), Number());
    }

    private static Kernel Anchored(Kernel kernel, int x, int y) => kernel.WithAnchor(x, y);

    private Kernel Kernel(int width, int height)
    {
        var weights = new float[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                weights[y, x] = Number();
            }
        }

        return new Kernel(weights);
    }

    private float Number() => random.Next(4) switch
    {
        0 => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-12, 12)),
        1 => random.Next(-16, 17) / 16f,
        _ => random.Next(-9, 10),
    };

    private T Any<T>()
        where T : struct, Enum => random.GetItems(Enum.GetValues<T>(), 1)[0];

    private int? Key() => random.Next(2) == 0 ? random.Next(1, 10) : null;

    // A name of blanks only is refused.
    private string Text(int min, int max)
    {
        string text = (min > 0 ? "n" : "") + string.Concat(random.GetItems(Pieces, random.Next(max / 2)));
        return text.Length <= max ? text : text[..^1];
    }
}

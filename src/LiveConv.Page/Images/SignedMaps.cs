using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// The two maps with their sign, for pages that show them so: 128 plus half the sum, gain included, so that a pixel is as far from 128 as
/// the map itself is bright, halved. Computed from the frame only when somebody looks, once for each image. One thread at a time.
/// </summary>
internal sealed class SignedMaps : IDisposable
{
    private readonly Plane<byte>?[] planes = new Plane<byte>?[2];
    private Preset? preset;
    private FilterBank? bank;
    private LayerStackRunner? runner;
    private uint number;

    /// <summary>Whether a map has a sign: its values are sums, of which nothing has taken the sign away.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="map">0 vertical edges, 1 horizontal edges.</param>
    public static bool Has(Preset preset, int map) =>
        preset.Stack is not { } stack
        || stack.Layers[(map == 0 ? stack.Vertical : stack.Horizontal).Layer] is
        {
            Merge: Merge.None or Merge.Sum,
            Activation: Activation.None,
        };

    /// <summary>A map with its sign; valid until the next call for another image.</summary>
    /// <param name="maps">Maps of a preset that <see cref="Has"/> it; borrowed for the length of the call.</param>
    /// <param name="its">Their number.</param>
    /// <param name="map">0 vertical edges, 1 horizontal edges.</param>
    public Plane<byte> Of(EdgeMaps maps, uint its, int map)
    {
        if (number != its || planes[map] is null)
        {
            Prepare(maps);
            if (bank is not null)
            {
                bank.Apply(maps.Frame.Luma, planes[0]!.View, planes[1]!.View);
            }
            else if (maps.Preset.Stack!.Frames == 1)
            {
                runner!.Run([maps.Frame.Luma], planes[0]!, planes[1]!);
            }
            else
            {
                runner!.Run(ViewedImage.Of(maps, its).Frames, planes[0]!, planes[1]!);
            }

            number = its;
        }

        return planes[map]!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runner?.Dispose();
        Array.ForEach(planes, plane => plane?.Dispose());
    }

    private static Filter Signed(Filter filter) => filter with { Response = Response.Offset128, Gain = filter.Gain / 2 };

    private static StackOutput Signed(StackOutput output) => output with { Response = Response.Offset128, Gain = output.Gain / 2 };

    private void Prepare(EdgeMaps maps)
    {
        Resize(0, maps.Vertical);
        Resize(1, maps.Horizontal);
        var image = new ImageSize(maps.Frame.Luma.Width, maps.Frame.Luma.Height);
        bool fits = bank is not null || runner?.Image == image;
        if (preset == maps.Preset && fits)
        {
            return;
        }

        runner?.Dispose();
        (runner, bank, preset) = (null, null, maps.Preset);
        if (preset.Bank is { } pair)
        {
            Filter[] filters = [Signed(pair.Filters[0]), Signed(pair.Filters[1])];
            bank = new FilterBank(pair.Operation, pair.Border, pair.Options with { StreamMaps = false }, filters);
        }
        else
        {
            LayerStack stack = preset.Stack!;
            runner = new LayerStackRunner(new LayerStack(stack.Layers, Signed(stack.Vertical), Signed(stack.Horizontal)), image);
        }
    }

    private void Resize(int map, Plane<byte> like)
    {
        if (planes[map] is not { } plane || plane.Width != like.Width || plane.Height != like.Height)
        {
            planes[map]?.Dispose();
            planes[map] = new Plane<byte>(like.Width, like.Height);
        }
    }
}

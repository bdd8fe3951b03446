using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Page;

/// <summary>A row or a column of the input that a value is computed from.</summary>
/// <param name="Place">Where it lies; outside of the map for what the border adds.</param>
/// <param name="Source">Where its values are taken from; <see cref="Borders.Constant"/> for the border's constant.</param>
/// <param name="Index">The row or column of the kernel that is applied to it.</param>
/// <param name="Weight">Its weight where there is no kernel.</param>
internal readonly record struct Tap(int Place, int Source, int Index, float Weight = 1);

/// <summary>Which rows and columns of the input maps a value of a stage is computed from.</summary>
/// <param name="stage">The stage.</param>
/// <param name="isAcross">True for columns, false for rows.</param>
internal readonly struct StageWindow(PresetStage stage, bool isAcross)
{
    /// <summary>The stage's own kernel; null for stages without one, and for convolutions, whose kernels are of their terms.</summary>
    public Kernel? Kernel => stage.Step.Upsampling?.Kernel;

    private int Length => isAcross ? stage.Input.Width : stage.Input.Height;

    /// <summary>The taps of an output.</summary>
    /// <param name="at">The column or row of the output.</param>
    /// <param name="kernel">The kernel of a convolution or a transposed one; null for other stages.</param>
    /// <returns>The taps in the order of their places; none where a transposed convolution leaves a gap.</returns>
    public Tap[] Taps(int at, Kernel? kernel) => stage.Operation switch
    {
        StageOperation.Convolution => OfKernel(at, kernel!),
        StageOperation.Thin => Around(at),
        StageOperation.MaxPool or StageOperation.AveragePool => Pooled(at, stage.Step.Pooling!),
        StageOperation.Nearest => Repeated(at),
        StageOperation.Bilinear => Between(at),
        StageOperation.Transposed => LaidDown(at, kernel!),
        _ => [new Tap(at, at, 0)],
    };

    private Tap[] OfKernel(int at, Kernel kernel)
    {
        StackLayer layer = stage.Step;
        int anchor = isAcross ? kernel.AnchorX : kernel.AnchorY;
        int first = (at * layer.Stride) - (layer.Padding ?? (layer.Dilation * anchor));
        var taps = new Tap[isAcross ? kernel.Width : kernel.Height];
        for (int i = 0; i < taps.Length; i++)
        {
            int place = first + (i * layer.Dilation);
            taps[i] = new Tap(place, Borders.Map(place, Length, layer.Border), i);
        }

        return taps;
    }

    // Outside of the maps a gradient is 0.
    private Tap[] Around(int at)
    {
        int length = Length;
        return [.. Enumerable.Range(0, 3).Select(i => new Tap(at + i - 1, Borders.Map(at + i - 1, length, BorderMode.Zero), i))];
    }

    private static Tap[] Pooled(int at, Pooling pooling) =>
        [.. Enumerable.Range(0, pooling.Size).Select(i => new Tap((at * pooling.Stride) + i, (at * pooling.Stride) + i, i))];

    private Tap[] Repeated(int at)
    {
        int factor = stage.Step.Upsampling!.Factor;
        int source = Sampling.Nearest(Length, Length * factor, factor, channels: 1)[at];
        return [new Tap(source, source, 0)];
    }

    private Tap[] Between(int at)
    {
        int factor = stage.Step.Upsampling!.Factor;
        (int first, int second, float weight) = Sampling.Linear<float>(Length, Length * factor, factor)[at];
        return first == second
            ? [new Tap(first, first, 0)]
            : [new Tap(first, first, 0, 1 - weight), new Tap(second, second, 1, weight)];
    }

    // Those values whose kernel reaches this place: every factor-th weight, the last one on the first value.
    private Tap[] LaidDown(int at, Kernel kernel)
    {
        int factor = stage.Step.Upsampling!.Factor;
        (int count, int anchor) = isAcross ? (kernel.Width, kernel.AnchorX) : (kernel.Height, kernel.AnchorY);
        var taps = new List<Tap>();
        for (int i = count - 1; i >= 0; i--)
        {
            int scaled = at + anchor - i;
            if (scaled >= 0 && scaled % factor == 0 && scaled / factor < Length)
            {
                taps.Add(new Tap(scaled / factor, scaled / factor, i));
            }
        }

        return [.. taps];
    }
}

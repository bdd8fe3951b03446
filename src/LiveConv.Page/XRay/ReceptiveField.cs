using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Page;

/// <summary>What a value depends on, in the image and in the maps of the stages before it.</summary>
internal static class ReceptiveField
{
    /// <summary>The part of each earlier stage that a value is computed from.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="stage">The value's stage.</param>
    /// <param name="channel">Its map.</param>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    /// <returns>From the value itself to the image, whose stage is -1.</returns>
    public static FieldPart[] Of(IReadOnlyList<PresetStage> stages, int stage, int channel, int x, int y)
    {
        var parts = new List<FieldPart>();
        var part = new FieldPart(stage, [channel], x, y, 1, 1);
        parts.Add(part);
        for (int s = stage; s >= 0; s--)
        {
            part = Before(stages[s], part);
            parts.Add(part);
        }

        return [.. parts];
    }

    private static FieldPart Before(PresetStage stage, FieldPart part)
    {
        Kernel[] kernels = [.. TermsOf(stage, part.Channels).Select(term => term.Kernel)];
        (int left, int right) = Range(new StageWindow(stage, isAcross: true), stage.Input.Width, part.Left, part.Width, kernels);
        (int top, int bottom) = Range(new StageWindow(stage, isAcross: false), stage.Input.Height, part.Top, part.Height, kernels);
        return new FieldPart(part.Stage - 1, ChannelsBefore(stage, part), left, top, right - left + 1, bottom - top + 1);
    }

    private static int[] ChannelsBefore(PresetStage stage, FieldPart part) => part.Stage == 0 ? [0] : stage.Operation switch
    {
        StageOperation.Convolution => [.. TermsOf(stage, part.Channels).Select(term => term.Input).Distinct().Order()],
        StageOperation.Magnitude or StageOperation.Max or StageOperation.Sum or StageOperation.Thin =>
            [.. Enumerable.Range(0, stage.Inputs)],
        _ => part.Channels,
    };

    private static IEnumerable<KernelTerm> TermsOf(PresetStage stage, int[] channels) =>
        stage.Operation == StageOperation.Convolution ? channels.SelectMany(channel => stage.Step.Filters[channel].Terms) : [];

    // Within the map: what the border adds is taken from there.
    private static (int First, int Last) Range(StageWindow window, int length, int first, int count, Kernel[] kernels)
    {
        IEnumerable<Kernel?> applied = kernels.Length > 0 ? kernels : new[] { window.Kernel };
        int[] places =
        [
            .. new[] { first, first + count - 1 }.SelectMany(at => applied.SelectMany(kernel => window.Taps(at, kernel)))
                .Select(tap => Math.Clamp(tap.Place, 0, length - 1)),
        ];
        return places.Length > 0 ? (places.Min(), places.Max()) : (0, 0);
    }
}

/// <summary>A rectangle of the maps of a stage.</summary>
/// <param name="Stage">Index of the stage; -1 for the image.</param>
/// <param name="Channels">Which of its maps.</param>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal sealed record FieldPart(int Stage, int[] Channels, int Left, int Top, int Width, int Height);

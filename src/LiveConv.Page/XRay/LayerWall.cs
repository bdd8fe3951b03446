using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>The maps of all stages as small images. One thread at a time.</summary>
/// <param name="maps">Where the maps come from.</param>
internal sealed class LayerWall(StageMaps maps)
{
    // All small images of a message together, and the enlarged one.
    private const int MaxPixels = 1 << 20;
    private const int MaxEnlargedPixels = 1 << 19;
    private const int MaxMaps = 64;

    /// <summary>Shows the layers of an image.</summary>
    /// <param name="image">A copied image; borrowed for the length of the call.</param>
    /// <param name="request">How large.</param>
    public LayersMessage Show(ViewedImage image, LayersRequest request)
    {
        if (maps.Refuse(image) is { } refusal)
        {
            return LayersMessage.Refuse(refusal);
        }

        StageRun run = maps.RunOf(image);
        PresetStages stages = run.Stages;
        MapScaler[] scalers = [.. Enumerable.Range(0, stages.Stages.Count).Select(stage => new MapScaler(run.Maps(stage)))];
        int width = WidthFor(stages, request.Width);
        var layers = new List<LayerLine>
        {
            new("", null, image.Size.Width, image.Size.Height, 1, byte.MaxValue, false, [MapScaler.Small(image.Frames[0], width)]),
        };
        for (int i = 0; i < scalers.Length; i++)
        {
            PresetStage stage = stages.Stages[i];
            SmallMap[] small = [.. run.Maps(i).Take(MaxMaps).Select(map => scalers[i].Small(map, width))];
            layers.Add(new LayerLine(
                StageLine.Of(stage).Name, stage.Operation, stage.Size.Width, stage.Size.Height, stage.Maps, scalers[i].Scale,
                scalers[i].IsSigned, small));
        }

        LayerMap[] shown = [.. stages.Outputs.Select(output => new LayerMap(output.Stage + 1, output.Channel))];
        return new LayersMessage(image.Number, layers, shown, Enlarge(image, run, scalers, request.Enlarged), null);
    }

    private static SmallMap? Enlarge(ViewedImage image, StageRun run, MapScaler[] scalers, LayerMap? wanted)
    {
        if (wanted is not { Layer: >= 0, Map: >= 0 } || wanted.Layer > scalers.Length)
        {
            return null;
        }

        if (wanted.Layer == 0)
        {
            return MapScaler.Small(image.Frames[0], EnlargedWidth(image.Size));
        }

        Plane<float>[] of = run.Maps(wanted.Layer - 1);
        return wanted.Map < of.Length
            ? scalers[wanted.Layer - 1].Small(of[wanted.Map], EnlargedWidth(new ImageSize(of[0].Width, of[0].Height)))
            : null;
    }

    // As wide as was requested, unless all maps together would be too many pixels.
    private static int WidthFor(PresetStages stages, int requested)
    {
        int width = requested;
        while (width > 1 && Pixels(stages, width) > MaxPixels)
        {
            width = width * 3 / 4;
        }

        return width;
    }

    private static long Pixels(PresetStages stages, int width) =>
        Area(MapScaler.SizeOf(stages.Image, width))
        + stages.Stages.Sum(stage => Math.Min(stage.Maps, MaxMaps) * Area(MapScaler.SizeOf(stage.Size, width)));

    private static int EnlargedWidth(ImageSize size)
    {
        int width = size.Width;
        while (width > 1 && Area(MapScaler.SizeOf(size, width)) > MaxEnlargedPixels)
        {
            width = width * 15 / 16;
        }

        return width;
    }

    private static long Area(ImageSize size) => (long)size.Width * size.Height;
}

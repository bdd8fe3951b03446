using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>Builds a preset from a document, and refuses values that the JSON reader cannot check.</summary>
/// <param name="document">The file's content.</param>
internal sealed class PresetBuilder(PresetDocument document)
{
    private bool IsFlipped => document.Operation == Operation.Convolution;

    /// <summary>Builds the preset.</summary>
    /// <param name="id">The name that the file gives it.</param>
    /// <exception cref="PresetValidationException">A member is refused.</exception>
    public Preset Build(string id)
    {
        CheckTexts();
        Check(document.Version == 1, "$.version", $"version {document.Version} is not known; this program reads version 1");
        Check(document.Key is null or (>= 1 and <= 9), "$.key", $"a key is 1 to 9, not {document.Key}");
        Check(float.IsFinite(document.Gain), "$.gain", "the gain is not a finite 32-bit number");
        return document.Layers is null ? BuildPair(id) : BuildStack(id, document.Layers);
    }

    private Preset BuildPair(string id)
    {
        Check(document.Vertical is not null && document.Horizontal is not null, "$",
            "a preset has vertical and horizontal kernels, or layers");
        Check(document.Outputs is null, "$.outputs", "outputs belong to layers");
        (KernelRows vertical, KernelRows horizontal) = (document.Vertical!, document.Horizontal!);
        if (vertical.Frames.Count == 1 && horizontal.Frames.Count == 1)
        {
            var bank = new FilterBank(
                document.Operation, document.Border, Preset.LiveBank, FilterOf(vertical, "$.vertical"),
                FilterOf(horizontal, "$.horizontal"));
            return new Preset(id, document.Name, bank)
            {
                Description = document.Description,
                Source = document.Citation,
                Key = document.Key,
                Vertical = CaptionOf(document.Captions?.Vertical, "vertical", MapCaption.VerticalEdges),
                Horizontal = CaptionOf(document.Captions?.Horizontal, "horizontal", MapCaption.HorizontalEdges),
            };
        }

        var layer = new StackLayer
        {
            Border = document.Border,
            Filters = [
                new LayerFilter(TermsOverTime(vertical, document.Anchor, "$.vertical")),
                new LayerFilter(TermsOverTime(horizontal, document.Anchor, "$.horizontal"))],
        };
        return Finish(id, [layer], Output(0, 0), Output(0, 1));
    }

    private Preset BuildStack(string id, List<LayerDocument> documents)
    {
        Check(document.Vertical is null, "$.vertical", "a preset has kernels or layers, not both");
        Check(document.Horizontal is null, "$.horizontal", "a preset has kernels or layers, not both");
        Check(document.Anchor is null, "$.anchor", "in layers each kernel has its own anchor");
        Check(documents.Count <= LayerStack.MaxLayers, "$.layers",
            $"a stack has at most {LayerStack.MaxLayers} layers, not {documents.Count}");
        StackLayer[] layers = [.. documents.Select((layer, i) => LayerOf(layer, i))];
        if (document.Outputs is { } outputs)
        {
            return Finish(id, layers, OutputOf(outputs.Vertical), OutputOf(outputs.Horizontal));
        }

        int maps = layers.Aggregate(1, (inputs, layer) => layer.MapsOf(inputs));
        return Finish(id, layers, Output(layers.Length - 1, 0), Output(layers.Length - 1, Math.Min(1, maps - 1)));
    }

    private Preset Finish(string id, StackLayer[] layers, StackOutput vertical, StackOutput horizontal)
    {
        try
        {
            return new Preset(id, document.Name, new LayerStack(layers, vertical, horizontal), document.Before)
            {
                Operation = document.Operation,
                Description = document.Description,
                Source = document.Citation,
                Key = document.Key,
                Vertical = CaptionOf(document.Captions?.Vertical, "vertical", MapCaption.Left),
                Horizontal = CaptionOf(document.Captions?.Horizontal, "horizontal", MapCaption.Right),
            };
        }
        catch (LayerStackException e)
        {
            throw new PresetValidationException("$." + e.Member, e.Reason);
        }
    }

    private StackLayer LayerOf(LayerDocument layer, int index)
    {
        string at = $"$.layers[{index}]";
        _ = layer ?? throw new PresetValidationException(at, "a layer is an object");
        CheckText(layer.Name, at + ".name", PresetDocument.NameLength);
        Check(layer.Kernels is not { Count: 0 }, at + ".kernels", "a list of kernels has at least one");
        return new StackLayer
        {
            Name = layer.Name,
            Filters = [.. (layer.Kernels ?? []).Select((kernel, k) => LayerFilterOf(kernel, index, $"{at}.kernels[{k}]"))],
            Stride = layer.Stride,
            Padding = layer.Padding,
            Border = layer.Border ?? document.Border,
            Dilation = layer.Dilation,
            Merge = layer.Merge,
            Activation = layer.Activation,
            Threshold = layer.Threshold,
            Pooling = layer.Pool is { } pool ? new Pooling(pool.Kind, pool.Size, pool.Stride ?? pool.Size) : null,
            Upsampling = layer.Upsample is { } upsample ? UpsamplingOf(upsample, at + ".upsample") : null,
        };
    }

    private LayerFilter LayerFilterOf(KernelDocument kernel, int layer, string at)
    {
        _ = kernel ?? throw new PresetValidationException(at, "a kernel is an object");
        Check(kernel.Weights is null != kernel.Channels is null, at, "a kernel has weights or channels, one of the two");
        if (kernel.Weights is { } weights)
        {
            Check(weights.Frames.Count == 1 || layer == 0, at + ".weights", "only the first layer sees more than one frame");
            Check(kernel.From == 0 || layer > 0, at + ".from", "the first layer has one input map, the image");
            return new LayerFilter(
                layer == 0 ? TermsOverTime(weights, kernel.Anchor, at) : [
                    new KernelTerm(kernel.From, KernelOf(weights.Frames[0], kernel.Anchor, at))], kernel.Bias);
        }

        Check(layer > 0, at + ".channels", "the first layer has one input map, the image");
        Check(kernel.From == 0, at + ".from", "channels begin with map 0; from belongs to weights");
        Check(kernel.Channels!.TrueForAll(channel => channel is not null), at + ".channels", "a channel is a list of rows");
        Check(kernel.Channels.TrueForAll(channel => channel.Frames.Count == 1), at + ".channels",
            "only the first layer sees more than one frame");
        return new LayerFilter(
            [.. kernel.Channels.Select((channel, c) => new KernelTerm(c, KernelOf(channel.Frames[0], kernel.Anchor, at)))], kernel.Bias);
    }

    // Files write the oldest frame first; terms count back from the newest. A convolution reverses time too.
    private KernelTerm[] TermsOverTime(KernelRows rows, AnchorDocument? anchor, string at)
    {
        int last = rows.Frames.Count - 1;
        return [.. rows.Frames.Select((frame, t) => new KernelTerm(IsFlipped ? t : last - t, KernelOf(frame, anchor, at)))];
    }

    private static Upsampling UpsamplingOf(UpsampleDocument upsample, string at)
    {
        Check(upsample.Weights is null || upsample.Weights.Frames.Count == 1, at + ".weights",
            "only the first layer sees more than one frame");
        Check(upsample.Weights is not null || upsample.Anchor is null, at + ".anchor", "an anchor belongs to weights");
        return new Upsampling(
            upsample.Kind, upsample.Factor, upsample.Weights is { } weights ? Anchored(weights.Frames[0], upsample.Anchor, at) : null);
    }

    private Filter FilterOf(KernelRows rows, string at) =>
        new(Anchored(rows.Frames[0], document.Anchor, at), document.Response, document.Gain);

    private Kernel KernelOf(float[,] weights, AnchorDocument? anchor, string at) =>
        Anchored(weights, anchor, at).Upright(document.Operation);

    private static Kernel Anchored(float[,] weights, AnchorDocument? anchor, string at)
    {
        var kernel = new Kernel(weights);
        if (anchor is null)
        {
            return kernel;
        }

        bool isInside = anchor.X >= 0 && anchor.X < kernel.Width && anchor.Y >= 0 && anchor.Y < kernel.Height;
        Check(isInside, at, $"the anchor {anchor.X},{anchor.Y} lies outside the kernel of {kernel.Width}x{kernel.Height}");
        return kernel.WithAnchor(anchor.X, anchor.Y);
    }

    private StackOutput OutputOf(OutputDocument output) =>
        new(output.Layer, output.Map, output.Response ?? document.Response, output.Gain ?? document.Gain);

    private StackOutput Output(int layer, int map) => new(layer, map, document.Response, document.Gain);

    private static MapCaption CaptionOf(CaptionDocument? caption, string map, MapCaption otherwise)
    {
        if (caption is null)
        {
            return otherwise;
        }

        CheckText(caption.Title, $"$.captions.{map}.title", PresetDocument.NameLength);
        Check(!string.IsNullOrWhiteSpace(caption.Title), $"$.captions.{map}.title", "a caption needs a title");
        CheckText(caption.Text, $"$.captions.{map}.text", PresetDocument.CaptionLength);
        return new MapCaption(caption.Title, caption.Text);
    }

    private void CheckTexts()
    {
        CheckText(document.Name, "$.name", PresetDocument.NameLength);
        Check(!string.IsNullOrWhiteSpace(document.Name), "$.name", "a preset needs a name");
        CheckText(document.Description, "$.description", PresetDocument.TextLength);
        CheckText(document.Citation, "$.citation", PresetDocument.TextLength);
    }

    // Names are shown in terminals and titles, where control characters are commands.
    private static void CheckText(string text, string path, int max)
    {
        Check(text.Length <= max, path, $"{text.Length} characters are too many; at most {max}");
        Check(!text.Any(char.IsControl), path, "control characters are not allowed");
    }

    private static void Check(bool condition, string path, string otherwise)
    {
        if (!condition)
        {
            throw new PresetValidationException(path, otherwise);
        }
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>A preset file, version 1, as it is stored. The JSON schema is generated from this type.</summary>
[Description("A LiveConv preset, version 1: either a vertical and a horizontal kernel, or a stack of layers.")]
internal sealed class PresetDocument
{
    public const int NameLength = 80;
    public const int TextLength = 1000;
    public const int CaptionLength = 200;

    [JsonPropertyName("$schema")]
    [Description("Where this schema is, so that editors complete and check.")]
    public string? Schema { get; set; }

    [Description("Version of the file format.")]
    [Range(1, 1)]
    public required int Version { get; set; }

    [Description("Hotkey 1 to 9. Without one the preset takes the next free place, in the order of the file names.")]
    [Range(1, 9)]
    public int? Key { get; set; }

    [Description("The display name.")]
    [StringLength(NameLength, MinimumLength = 1)]
    public required string Name { get; set; }

    [Description("What the preset shows, in a sentence or two.")]
    [StringLength(TextLength)]
    public string Description { get; set; } = "";

    [Description("What the two maps show. Default: vertical edges and horizontal edges; for layers, nothing in particular.")]
    public CaptionsDocument? Captions { get; set; }

    [Description("Where the operator comes from: author, title, year.")]
    [StringLength(TextLength)]
    public string Citation { get; set; } = "";

    [Description(
        "correlation uses the kernels as written (torch, OpenCV); convolution rotates them by 180 degrees first (scipy.signal.convolve, "
        + "ImageMagick's Convolve), in time too. Default: correlation.")]
    public Operation Operation { get; set; } = Operation.Correlation;

    [Description(
        "How pixels outside the image are treated: zero 00|abcd|00, replicate aa|abcd|dd, symmetric ba|abcd|dc, mirror cb|abcd|cb, "
        + "wrap cd|abcd|ab. Default: mirror.")]
    public BorderMode Border { get; set; } = BorderMode.Mirror;

    [Description(
        "For kernels over time: what they see before the first frame, replicate (that frame again) or zero (black). Default: replicate.")]
    public TimeBorder Before { get; set; } = TimeBorder.Replicate;

    [Description(
        "How a signed sum times the gain becomes a pixel: abs, offset128 (zero is mid-grey), positive, negative; always saturated to "
        + "0..255. Default: abs.")]
    public Response Response { get; set; } = Response.Abs;

    [Description("Factor on the sum before the response. Default: 1.")]
    public float Gain { get; set; } = 1;

    [Description(
        "The weight of vertical and horizontal that lies on the output pixel. Default: the centre (right of and below it for even sizes).")]
    public AnchorDocument? Anchor { get; set; }

    [Description(
        "The kernel whose map shows vertical edges: rows of numbers, or frames of rows (oldest frame first) for a kernel over time.")]
    public KernelRows? Vertical { get; set; }

    [Description(
        "The kernel whose map shows horizontal edges: rows of numbers, or frames of rows (oldest frame first) for a kernel over time.")]
    public KernelRows? Horizontal { get; set; }

    [Description("In place of vertical and horizontal: layers, each working on the maps of the one before it.")]
    [ListLength(1, LayerStack.MaxLayers)]
    public List<LayerDocument>? Layers { get; set; }

    [Description("For layers: which two maps are shown. Default: the first two of the last layer, or its only one twice.")]
    public OutputsDocument? Outputs { get; set; }
}

/// <summary>What the two maps show.</summary>
internal sealed class CaptionsDocument
{
    [Description("The left map, that of vertical.")]
    public required CaptionDocument Vertical { get; set; }

    [Description("The right map, that of horizontal.")]
    public required CaptionDocument Horizontal { get; set; }
}

/// <summary>What one map shows.</summary>
internal sealed class CaptionDocument
{
    [Description("In a few words.")]
    [StringLength(PresetDocument.NameLength, MinimumLength = 1)]
    public required string Title { get; set; }

    [Description("What is bright in it, in a sentence.")]
    [StringLength(PresetDocument.CaptionLength)]
    public string Text { get; set; } = "";
}

/// <summary>One layer of a file.</summary>
internal sealed class LayerDocument
{
    [Description("The layer's display name.")]
    [StringLength(PresetDocument.NameLength)]
    public string Name { get; set; } = "";

    [Description("One for each map of the layer. Without any the layer works on its input maps as they are.")]
    [ListLength(1, LayerStack.MaxKernels)]
    public List<KernelDocument>? Kernels { get; set; }

    [Description("Step of the convolution along both axes. Default: 1.")]
    [Range(1, 16)]
    public int Stride { get; set; } = 1;

    [Description(
        "Rows and columns added at each side; out = floor((in + 2*padding - dilation*(kernel-1) - 1) / stride) + 1. Default: as many as it "
        + "takes that maps at stride 1 are as large as the input.")]
    [Range(0, 30)]
    public int? Padding { get; set; }

    [Description("How pixels outside the input maps are treated. Default: the preset's border.")]
    public BorderMode? Border { get; set; }

    [Description("Distance between neighbouring weights. Default: 1.")]
    [Range(1, 16)]
    public int Dilation { get; set; } = 1;

    [Description(
        "How the maps are put together, after the convolution: none, magnitude (root of the sum of squares), max, sum, or thin "
        + "(non-maximum suppression of a gradient's x and y across the edge). Default: none.")]
    public Merge Merge { get; set; } = Merge.None;

    [Description(
        "What becomes of every value, after the merge: none, abs, relu, square, or threshold (255 where the value is at least the "
        + "threshold, else 0). Default: none.")]
    public Activation Activation { get; set; } = Activation.None;

    [Description("For the activation threshold. Default: 0.")]
    public float Threshold { get; set; }

    [Description("Makes the maps smaller, after the activation.")]
    public PoolDocument? Pool { get; set; }

    [Description("Makes the maps larger, last of all.")]
    public UpsampleDocument? Upsample { get; set; }
}

/// <summary>One kernel of a layer.</summary>
internal sealed class KernelDocument
{
    [Description("Index of the input map that weights is applied to, from 0. Default: 0.")]
    [Range(0, LayerStack.MaxKernels - 1)]
    public int From { get; set; }

    [Description("Rows of numbers; in the first layer also frames of rows (oldest frame first).")]
    public KernelRows? Weights { get; set; }

    [Description("In place of weights: a kernel for each of the first input maps, their sums added up (torch's weight[o]).")]
    [ListLength(1, LayerStack.MaxKernels)]
    public List<KernelRows>? Channels { get; set; }

    [Description("The weight that lies on the output pixel. Default: the centre (right of and below it for even sizes).")]
    public AnchorDocument? Anchor { get; set; }

    [Description("Added to every value. Default: 0.")]
    public float Bias { get; set; }
}

/// <summary>A place in a kernel.</summary>
internal sealed class AnchorDocument
{
    [Description("Column, from 0.")]
    [Range(0, KernelRows.MaxSide - 1)]
    public required int X { get; set; }

    [Description("Row, from 0.")]
    [Range(0, KernelRows.MaxSide - 1)]
    public required int Y { get; set; }
}

/// <summary>Pooling in a file.</summary>
internal sealed class PoolDocument
{
    [Description("max or average.")]
    public required PoolingMode Kind { get; set; }

    [Description("Side of the window.")]
    [Range(1, 16)]
    public required int Size { get; set; }

    [Description("Step of the window. Default: its side.")]
    [Range(1, 16)]
    public int? Stride { get; set; }
}

/// <summary>Upsampling in a file.</summary>
internal sealed class UpsampleDocument
{
    [Description("nearest, bilinear, or transposed (each value lays down the kernel, and what overlaps is added).")]
    public required UpsamplingMode Kind { get; set; }

    [Description("How many times larger along both axes.")]
    [Range(2, 8)]
    public required int Factor { get; set; }

    [Description("For transposed: the kernel that each value lays down.")]
    public KernelRows? Weights { get; set; }

    [Description("For transposed: the weight that lies on the value's place. Default: the centre.")]
    public AnchorDocument? Anchor { get; set; }
}

/// <summary>The two maps that are shown.</summary>
internal sealed class OutputsDocument
{
    [Description("The left pane.")]
    public required OutputDocument Vertical { get; set; }

    [Description("The right pane.")]
    public required OutputDocument Horizontal { get; set; }
}

/// <summary>One map that is shown.</summary>
internal sealed class OutputDocument
{
    [Description("Index of the layer, from 0.")]
    [Range(0, LayerStack.MaxLayers - 1)]
    public required int Layer { get; set; }

    [Description("Index of the map within the layer, from 0. Default: 0.")]
    [Range(0, LayerStack.MaxKernels - 1)]
    public int Map { get; set; }

    [Description("How a value becomes a pixel. Default: the preset's response.")]
    public Response? Response { get; set; }

    [Description("Factor on the value before the response. Default: the preset's gain.")]
    public float? Gain { get; set; }
}

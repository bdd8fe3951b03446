using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>A preset file, version 1, as it stands on the disk. The JSON schema is generated from this type.</summary>
[Description("A LiveConv preset, version 1: which kernels make the two edge maps.")]
internal sealed class PresetDocument
{
    public const int NameLength = 80;
    public const int TextLength = 1000;

    [JsonPropertyName("$schema")]
    [Description("Where this schema is, so that editors complete and check.")]
    public string? Schema { get; set; }

    [Description("Version of the file format.")]
    [Range(1, 1)]
    public required int Version { get; set; }

    [Description("Hotkey 1 to 9. Without one the preset takes the next free place, in the order of the file names.")]
    [Range(1, 9)]
    public int? Key { get; set; }

    [Description("The name that people read.")]
    [StringLength(NameLength, MinimumLength = 1)]
    public required string Name { get; set; }

    [Description("What the preset shows, in a sentence or two.")]
    [StringLength(TextLength)]
    public string Description { get; set; } = "";

    [Description("Where the operator comes from: author, title, year.")]
    [StringLength(TextLength)]
    public string Citation { get; set; } = "";

    [Description("correlation uses the kernels as written (torch, OpenCV); convolution turns them by 180 degrees first (scipy.signal.convolve, ImageMagick's Convolve). Default: correlation.")]
    public Operation Operation { get; set; } = Operation.Correlation;

    [Description("What stands outside the picture: zero 00|abcd|00, replicate aa|abcd|dd, symmetric ba|abcd|dc, mirror cb|abcd|cb, wrap cd|abcd|ab. Default: mirror.")]
    public BorderMode Border { get; set; } = BorderMode.Mirror;

    [Description("How a signed sum times the gain becomes a pixel: abs, offset128 (zero is mid-grey), positive, negative; always saturated to 0..255. Default: abs.")]
    public Response Response { get; set; } = Response.Abs;

    [Description("Factor on the sum before the response. Default: 1.")]
    public float Gain { get; set; } = 1;

    [Description("The kernel whose map shows vertical edges: rows of numbers.")]
    public required KernelRows Vertical { get; set; }

    [Description("The kernel whose map shows horizontal edges: rows of numbers.")]
    public required KernelRows Horizontal { get; set; }
}

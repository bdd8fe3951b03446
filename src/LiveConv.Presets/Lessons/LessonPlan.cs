using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace LiveConv.Presets;

/// <summary>A lesson: steps that each ask what will be seen, then show it. Immutable, and as its file has it.</summary>
[Description("A LiveConv lesson, version 1: steps that each ask what will be seen, then show it.")]
public sealed record LessonPlan
{
    internal const int MaxSteps = 64;
    internal const int MaxTitle = 80;
    internal const int MaxText = 600;
    internal const int MaxId = 40;

    /// <summary>Where the schema is.</summary>
    [JsonPropertyName("$schema")]
    [Description("Where this schema is, so that editors complete and check.")]
    public string? Schema { get; init; }

    /// <summary>The version of the format, 1.</summary>
    [Description("Version of the file format.")]
    [Range(1, 1)]
    public required int Version { get; init; }

    /// <summary>The display name.</summary>
    [Description("The display name.")]
    [StringLength(MaxTitle, MinimumLength = 1)]
    public required string Title { get; init; }

    /// <summary>The language of the texts, such as <c>en</c>; null for English.</summary>
    [Description("The language of the texts, such as en or de. Default: en.")]
    [StringLength(8, MinimumLength = 2)]
    public string? Language { get; init; }

    /// <summary>The steps, at least one, in the order in which they are taken.</summary>
    [Description("The steps, in the order in which they are taken.")]
    [ListLength(1, MaxSteps)]
    public required IReadOnlyList<LessonStep> Steps { get; init; }

    /// <summary>The file's name without <c>.json</c>.</summary>
    [JsonIgnore]
    public string Id { get; init; } = "";

    /// <summary>The texts in other languages.</summary>
    [JsonIgnore]
    public IReadOnlyList<LessonTexts> Translations { get; init; } = [];
}

/// <summary>A step of a lesson.</summary>
public sealed record LessonStep
{
    /// <summary>Its name in the lesson, which translations use.</summary>
    [Description("The step's name in this lesson, which translations use.")]
    [StringLength(LessonPlan.MaxId, MinimumLength = 1)]
    public required string Id { get; init; }

    /// <summary>The idea.</summary>
    [Description("The idea, in a few words.")]
    [StringLength(LessonPlan.MaxTitle, MinimumLength = 1)]
    public required string Title { get; init; }

    /// <summary>What to read first, or to do; null for nothing.</summary>
    [Description("What to read first, or to do. Default: nothing.")]
    [StringLength(LessonPlan.MaxText)]
    public string? Text { get; init; }

    /// <summary>What is asked.</summary>
    [Description("What is asked, before it is seen.")]
    [StringLength(LessonPlan.MaxText, MinimumLength = 1)]
    public required string Question { get; init; }

    /// <summary>The answers to choose from, two to six.</summary>
    [Description("The answers to choose from.")]
    [ListLength(2, 6)]
    public required IReadOnlyList<LessonAnswer> Answers { get; init; }

    /// <summary>The index of the right answer; null when it is measured.</summary>
    [Description("The index of the right answer, from 0. In place of measure.")]
    [Range(0, 5)]
    public int? Right { get; init; }

    /// <summary>What is computed: the answer whose value is nearest is right. Null when the right answer is fixed.</summary>
    [Description(
        "In place of right: what LiveConv computes. The answer whose value is nearest is right. leftShare is the left map's part of both "
        + "maps' brightness, 0 to 1; leftBrightness and rightBrightness a map's mean, 0 to 255; leftScale and rightScale its width by the "
        + "image's; outputWidth, outputHeight and outputValue are the microscope's; learnedError is the largest difference between a "
        + "weight of its kernel and the one that LiveConv learns from its image and output.")]
    public LessonMeasure? Measure { get; init; }

    /// <summary>Why it is so.</summary>
    [Description("Why it is so, in a sentence or two; shown after the answer.")]
    [StringLength(LessonPlan.MaxText, MinimumLength = 1)]
    public required string Explanation { get; init; }

    /// <summary>The heading in docs/convolution.md that says more, as in its address; null for none.</summary>
    [Description("The heading in docs/convolution.md that says more, as in its address: the-whole-output. Default: none.")]
    [StringLength(LessonPlan.MaxTitle)]
    public string? Section { get; init; }

    /// <summary>The preset to choose; null to keep the one in use.</summary>
    [Description("The preset to choose: its file's name without .json. Default: the one in use.")]
    [StringLength(LessonPlan.MaxTitle, MinimumLength = 1)]
    public string? Preset { get; init; }

    /// <summary>The view to choose; null to keep the one in use.</summary>
    [Description("The view to choose. Default: the one in use.")]
    public LessonView? View { get; init; }

    /// <summary>The tool to open; null for none.</summary>
    [Description("The tool to open: microscope, xray (the lens), kernels or learn. Default: none.")]
    public LessonTool? Tool { get; init; }

    /// <summary>The pixel that the lens pins; null for the one in the middle, or the last one.</summary>
    [Description("With the tool xray: the pixel that the lens pins. Default: the last one, or the one in the middle of the left map.")]
    public LessonLens? Lens { get; init; }

    /// <summary>What the microscope shows and measures; null for what it shows by itself.</summary>
    [Description("What the microscope shows, and what is measured there.")]
    public LessonMicroscope? Microscope { get; init; }
}

/// <summary>An answer to choose.</summary>
public sealed record LessonAnswer
{
    /// <summary>What it says.</summary>
    [Description("What it says.")]
    [StringLength(LessonPlan.MaxText, MinimumLength = 1)]
    public required string Text { get; init; }

    /// <summary>The measured value that makes it right; null where nothing is measured.</summary>
    [Description("With measure: the value that makes it right, or that is nearer to it than the other answers'.")]
    public float? Value { get; init; }
}

/// <summary>A pixel for the lens, wherever it lies in images of any size.</summary>
public sealed record LessonLens
{
    /// <summary>The most stages, and maps of a stage, that can be named.</summary>
    internal const int MaxNumber = 999;

    /// <summary>Without a stage 0 the left map, 1 the right one; with one, which of its maps. Null for 0.</summary>
    [Description("0 for the left map, 1 for the right one; with stage, which of its maps, from 0. Default: 0.")]
    [Range(0, MaxNumber)]
    public int? Map { get; init; }

    /// <summary>The stage whose map it is of, from 0; null for a map that is shown.</summary>
    [Description("The stage whose map it is of, from 0, as the X-ray lists them. Default: none, the left or the right map.")]
    [Range(0, MaxNumber)]
    public int? Stage { get; init; }

    /// <summary>How far from the left, as a part of the map's width; null for the middle.</summary>
    [Description("How far from the left, as a part of the map's width: 0 to 1. Default: 0.5.")]
    [Range(0, 1)]
    public float? X { get; init; }

    /// <summary>How far from the top, as a part of the map's height; null for the middle.</summary>
    [Description("How far from the top, as a part of the map's height: 0 to 1. Default: 0.5.")]
    [Range(0, 1)]
    public float? Y { get; init; }
}

/// <summary>What the microscope shows in a step. Members that are null have the values that the microscope starts with.</summary>
public sealed record LessonMicroscope
{
    /// <summary>The longest side of an image.</summary>
    public const int MaxSide = 16;

    /// <summary>The longest side of a kernel.</summary>
    public const int MaxKernelSide = 7;

    /// <summary>The largest stride.</summary>
    public const int MaxStride = 4;

    /// <summary>The most padding.</summary>
    public const int MaxPadding = 4;

    /// <summary>The largest dilation.</summary>
    public const int MaxDilation = 3;

    /// <summary>Rows of pixels, 0 to 255; null for the camera's image.</summary>
    [Description("Rows of pixels, 0 to 255. Default: the camera's image, 16 x 12.")]
    [ListLength(1, MaxSide)]
    public IReadOnlyList<IReadOnlyList<int>>? Image { get; init; }

    /// <summary>Rows of weights; null for the seed's vertical edges.</summary>
    [Description("Rows of weights. Default: 1 0 -1 three times. Of a pooling only the number of rows and columns counts.")]
    [ListLength(1, MaxKernelSide)]
    public IReadOnlyList<IReadOnlyList<float>>? Kernel { get; init; }

    /// <summary>What is done; null for a convolution.</summary>
    [Description("What is done: convolution, transposed, maxPool or averagePool. Default: convolution.")]
    public MicroscopeKind? Kind { get; init; }

    /// <summary>Whether the kernel is turned; null for a correlation.</summary>
    [Description("correlation, or convolution: with the kernel turned by 180 degrees. Default: correlation.")]
    public Convolution.Operation? Operation { get; init; }

    /// <summary>What stands around the image; null for zeros.</summary>
    [Description("What stands around the image. Default: zero.")]
    public Convolution.BorderMode? Border { get; init; }

    /// <summary>The step of the window; null for 1.</summary>
    [Description("The step of the window. Default: 1.")]
    [Range(1, MaxStride)]
    public int? Stride { get; init; }

    /// <summary>Rows and columns around the image; null for none.</summary>
    [Description("Rows and columns around the image. Default: 0.")]
    [Range(0, MaxPadding)]
    public int? Padding { get; init; }

    /// <summary>The distance of neighbouring weights; null for 1.</summary>
    [Description("The distance of neighbouring weights. Default: 1.")]
    [Range(1, MaxDilation)]
    public int? Dilation { get; init; }

    /// <summary>The column of the cell that is looked at; null for the first.</summary>
    [Description("The column of the cell that is looked at and measured, from 0. Default: 0.")]
    [Range(0, 99)]
    public int? X { get; init; }

    /// <summary>The row of that cell; null for the first.</summary>
    [Description("The row of that cell, from 0. Default: 0.")]
    [Range(0, 99)]
    public int? Y { get; init; }
}

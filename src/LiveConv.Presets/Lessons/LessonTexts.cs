using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace LiveConv.Presets;

/// <summary>A lesson's texts in another language. Immutable, and as its file has it.</summary>
[Description("The texts of a LiveConv lesson in another language; beside NAME.json it is called NAME.LANGUAGE.json, such as NAME.de.json.")]
public sealed record LessonTexts
{
    /// <summary>Where the schema is.</summary>
    [JsonPropertyName("$schema")]
    [Description("Where this schema is, so that editors complete and check.")]
    public string? Schema { get; init; }

    /// <summary>The version of the format, 1.</summary>
    [Description("Version of the file format.")]
    [Range(1, 1)]
    public required int Version { get; init; }

    /// <summary>The display name.</summary>
    [Description("The lesson's display name.")]
    [StringLength(LessonPlan.MaxTitle, MinimumLength = 1)]
    public required string Title { get; init; }

    /// <summary>The steps' texts. Steps that are missing keep the lesson's own.</summary>
    [Description("The steps' texts. Steps that are missing keep the lesson's own.")]
    [ListLength(1, LessonPlan.MaxSteps)]
    public required IReadOnlyList<LessonStepTexts> Steps { get; init; }

    /// <summary>The language, from the file's name.</summary>
    [JsonIgnore]
    public string Language { get; init; } = "";
}

/// <summary>A step's texts in another language.</summary>
public sealed record LessonStepTexts
{
    /// <summary>The step.</summary>
    [Description("The step's id in the lesson.")]
    [StringLength(LessonPlan.MaxId, MinimumLength = 1)]
    public required string Id { get; init; }

    /// <summary>The idea.</summary>
    [Description("The idea, in a few words.")]
    [StringLength(LessonPlan.MaxTitle, MinimumLength = 1)]
    public required string Title { get; init; }

    /// <summary>What to read first, or to do; null for nothing.</summary>
    [Description("What to read first, or to do.")]
    [StringLength(LessonPlan.MaxText)]
    public string? Text { get; init; }

    /// <summary>What is asked.</summary>
    [Description("What is asked, before it is seen.")]
    [StringLength(LessonPlan.MaxText, MinimumLength = 1)]
    public required string Question { get; init; }

    /// <summary>The answers, as many as the lesson has, in its order.</summary>
    [Description("The answers, as many as the lesson has, in its order.")]
    [ListLength(2, 6)]
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Why it is so.</summary>
    [Description("Why it is so; shown after the answer.")]
    [StringLength(LessonPlan.MaxText, MinimumLength = 1)]
    public required string Explanation { get; init; }
}

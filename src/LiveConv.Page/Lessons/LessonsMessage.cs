using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The lessons, in the language that was requested where there is one.</summary>
/// <param name="Languages">The languages that any lesson is written in.</param>
/// <param name="Lessons">The lessons.</param>
internal sealed record LessonsMessage(IReadOnlyList<string> Languages, IReadOnlyList<LessonLine> Lessons) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "lessons";

    /// <summary>The lessons in a language.</summary>
    /// <param name="plans">The lessons.</param>
    /// <param name="language">The language, as browsers name it: <c>de</c> or <c>de-CH</c>.</param>
    public static LessonsMessage Of(IReadOnlyList<LessonPlan> plans, string language) => new(
        [.. plans.SelectMany(LanguagesOf).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)],
        [.. plans.Select(plan => LineOf(plan, TextsFor(plan, language)))]);

    private static IEnumerable<string> LanguagesOf(LessonPlan plan) =>
        plan.Translations.Select(texts => texts.Language).Prepend(plan.Language ?? "en");

    private static LessonTexts? TextsFor(LessonPlan plan, string language)
    {
        string main = language.Split('-')[0];
        return Find(language) ?? Find(main) ?? plan.Translations.FirstOrDefault(
            texts => texts.Language.StartsWith(main + "-", StringComparison.OrdinalIgnoreCase));

        LessonTexts? Find(string name) => string.Equals(plan.Language ?? "en", name, StringComparison.OrdinalIgnoreCase) ? null
            : plan.Translations.FirstOrDefault(texts => string.Equals(texts.Language, name, StringComparison.OrdinalIgnoreCase));
    }

    private static LessonLine LineOf(LessonPlan plan, LessonTexts? texts) => new(
        plan.Id,
        TextLine.Of(texts?.Title ?? plan.Title),
        texts?.Language ?? plan.Language ?? "en",
        [.. plan.Steps.Select(step => LineOf(step, texts?.Steps.FirstOrDefault(other => other.Id == step.Id)))]);

    private static LessonStepLine LineOf(LessonStep step, LessonStepTexts? texts) => new(
        TextLine.Of(texts?.Title ?? step.Title),
        TextLine.Of((texts is null ? step.Text : texts.Text) ?? ""),
        TextLine.Of(texts?.Question ?? step.Question),
        [.. (texts?.Answers ?? step.Answers.Select(answer => answer.Text)).Select(TextLine.Of)],
        TextLine.Of(texts?.Explanation ?? step.Explanation),
        step.Section,
        step.Preset,
        step.View,
        step.Tool,
        step.Lens is { } lens ? new LensStart(lens.Map ?? 0, lens.Stage, lens.X ?? 0.5f, lens.Y ?? 0.5f) : null,
        step.Microscope is { } microscope ? MicroscopeSettings.Of(microscope) : null,
        HiddenBy(step));

    private static LessonSecret HiddenBy(LessonStep step) => step.Measure switch
    {
        null => LessonSecret.Nothing,
        { } measure when measure.IsOfMicroscope() => step.Tool == LessonTool.Microscope ? LessonSecret.Output : LessonSecret.Nothing,
        _ => LessonSecret.Maps,
    };
}

/// <summary>A lesson as the page lists it.</summary>
/// <param name="Id">What predictions name it by.</param>
/// <param name="Title">Display name.</param>
/// <param name="Language">The language of its texts.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record LessonLine(string Id, string Title, string Language, IReadOnlyList<LessonStepLine> Steps);

/// <summary>A step as the page shows it; which answer is right is asked for.</summary>
/// <param name="Title">The idea.</param>
/// <param name="Text">What to read first, or to do; may be empty.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Answers">The answers to choose from.</param>
/// <param name="Explanation">Why it is so, to show after an answer.</param>
/// <param name="Section">The heading in the document that says more, or null.</param>
/// <param name="Preset">The preset to choose, or null.</param>
/// <param name="View">The view to choose, or null.</param>
/// <param name="Tool">The tool to open, or null.</param>
/// <param name="Lens">The pixel that the lens pins, or null.</param>
/// <param name="Microscope">What the microscope shows, or null.</param>
/// <param name="Hides">What is to be shown only after an answer.</param>
internal sealed record LessonStepLine(
    string Title,
    string Text,
    string Question,
    IReadOnlyList<string> Answers,
    string Explanation,
    string? Section,
    string? Preset,
    LessonView? View,
    LessonTool? Tool,
    LensStart? Lens,
    MicroscopeRequest? Microscope,
    LessonSecret Hides);

/// <summary>A pixel for the lens, in a map whose size is not known yet.</summary>
/// <param name="Map">Without a stage: 0 the left map, 1 the right one. With one: which of the stage's maps.</param>
/// <param name="Stage">The stage whose map it is of, or null for a map that is shown.</param>
/// <param name="X">How far from the left, as a part of the map's width.</param>
/// <param name="Y">How far from the top, as a part of its height.</param>
internal sealed record LensStart(int Map, int? Stage, float X, float Y);

/// <summary>What would give an answer away, so that the page shows it only after one.</summary>
internal enum LessonSecret
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The maps.</summary>
    Maps,

    /// <summary>The microscope's output.</summary>
    Output,
}

namespace LiveConv.Presets;

/// <summary>The JSON schemas of files of lessons, generated from the types that read them.</summary>
internal static class LessonSchema
{
    /// <summary>The schema of lessons as it is kept in <c>presets/lessons/lesson.schema.json</c>.</summary>
    public static string Text() => PresetSchema.TextOf(LessonJsonContext.Default.LessonPlan);

    /// <summary>The schema of texts in other languages as it is kept in <c>presets/lessons/texts.schema.json</c>.</summary>
    public static string TextOfTexts() => PresetSchema.TextOf(LessonJsonContext.Default.LessonTexts);
}

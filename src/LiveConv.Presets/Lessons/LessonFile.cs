using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiveConv.Presets;

/// <summary>Reads one file of a lesson, or of its texts in another language, as strictly as presets are read.</summary>
public static class LessonFile
{
    /// <summary>Reads a lesson.</summary>
    /// <param name="path">The file; its name without <c>.json</c> becomes the lesson's <see cref="LessonPlan.Id"/>.</param>
    /// <returns>The lesson, without translations.</returns>
    /// <exception cref="PresetException">The file cannot be read or is refused; the message names file, line, path and reason.</exception>
    public static LessonPlan Read(string path) => Parse(PresetFile.ReadBytes(path), path);

    /// <summary>Reads a lesson from text.</summary>
    /// <param name="json">The content of a file, in UTF-8.</param>
    /// <param name="path">The file that it came from, for the lesson's id and the messages.</param>
    /// <returns>The lesson, without translations.</returns>
    /// <exception cref="PresetException">The text is refused; the message names file, line, path and reason.</exception>
    public static LessonPlan Parse(ReadOnlySpan<byte> json, string path) =>
        Parse(json, path, LessonJsonContext.Default.LessonPlan, LessonChecks.Check) with { Id = Path.GetFileNameWithoutExtension(path) };

    /// <summary>Reads the texts of a lesson in another language.</summary>
    /// <param name="path">The file, <c>NAME.LANGUAGE.json</c>.</param>
    /// <param name="lesson">The lesson.</param>
    /// <returns>The texts.</returns>
    /// <exception cref="PresetException">The file cannot be read or is refused; the message names file, line, path and reason.</exception>
    public static LessonTexts ReadTexts(string path, LessonPlan lesson) => ParseTexts(PresetFile.ReadBytes(path), path, lesson);

    /// <summary>Reads the texts of a lesson in another language from text.</summary>
    /// <param name="json">The content of a file, in UTF-8.</param>
    /// <param name="path">The file that it came from, <c>NAME.LANGUAGE.json</c>.</param>
    /// <param name="lesson">The lesson.</param>
    /// <returns>The texts.</returns>
    /// <exception cref="PresetException">The text is refused; the message names file, line, path and reason.</exception>
    public static LessonTexts ParseTexts(ReadOnlySpan<byte> json, string path, LessonPlan lesson) =>
        Parse(json, path, LessonJsonContext.Default.LessonTexts, texts => LessonChecks.Check(texts, lesson)) with
        {
            Language = Path.GetExtension(Path.GetFileNameWithoutExtension(path)).TrimStart('.'),
        };

    private static T Parse<T>(ReadOnlySpan<byte> json, string path, JsonTypeInfo<T> type, Action<T> check)
        where T : class
    {
        json = TextEncoding.WithoutMark(json);
        if (TextEncoding.FaultOf(json) is { } encoding)
        {
            throw new PresetException(path, encoding.Line, null, encoding.Reason);
        }

        try
        {
            T content = JsonSerializer.Deserialize(json, type)
                ?? throw new PresetValidationException("$", "the file is one object in braces");
            check(content);
            return content;
        }
        catch (PresetValidationException e)
        {
            throw new PresetException(path, JsonLocation.LineOf(json, e.Member), e.Member, e.Message);
        }
        catch (JsonException e)
        {
            (long line, string member, string reason) = JsonReason.Explain(e, json, type);
            throw new PresetException(path, line, member, reason);
        }
    }
}

using System.Reflection;
using LiveConv.Presets;

namespace LiveConv.Web;

/// <summary>The presets and lessons of the repository, which are embedded in this assembly.</summary>
internal static class ShippedFiles
{
    private const string PresetFolder = "presets/";
    private const string LessonFolder = "lessons/";

    /// <summary>The presets in the order of their keys.</summary>
    public static IReadOnlyList<Preset> Presets() => PresetOrder.ByKeys(
        [.. Names(PresetFolder).Select(name => (PresetFile.Parse(Read(name), name[PresetFolder.Length..]), 0))], static _ => { });

    /// <summary>The lessons with their translations.</summary>
    public static IReadOnlyList<LessonPlan> Lessons()
    {
        string[] names = [.. Names(LessonFolder)];
        return
        [
            .. names.Where(name => !IsTranslation(name)).Select(name => LessonFile.Parse(Read(name), name)).Select(lesson => lesson with
            {
                Translations =
                [
                    .. names.Where(name => IsTranslation(name) && name.StartsWith($"{LessonFolder}{lesson.Id}.", StringComparison.Ordinal))
                        .Select(name => LessonFile.ParseTexts(Read(name), name, lesson)),
                ],
            }),
        ];
    }

    // NAME.LANGUAGE.json.
    private static bool IsTranslation(string name) => Path.GetFileNameWithoutExtension(name).Contains('.', StringComparison.Ordinal);

    private static IEnumerable<string> Names(string folder) => Here.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static byte[] Read(string name)
    {
        using Stream stream = Here.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static Assembly Here => typeof(ShippedFiles).Assembly;
}

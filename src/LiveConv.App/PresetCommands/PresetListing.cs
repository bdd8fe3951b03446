using System.Text.Json.Serialization;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>A preset in <c>liveconv preset list</c>.</summary>
/// <param name="Key">The key that switches to it; null beyond the ninth.</param>
/// <param name="Id">The name that <c>--preset</c> takes.</param>
/// <param name="Name">The display name.</param>
/// <param name="Description">What it does; may be empty.</param>
/// <param name="Left">What its left map shows.</param>
/// <param name="Right">What its right map shows.</param>
/// <param name="Layers">The number of layers; null for a pair of kernels.</param>
/// <param name="Citation">Where the operator comes from; may be empty.</param>
/// <param name="File">The preset's file; null for one that is built in.</param>
internal sealed record PresetListing(
    int? Key, string Id, string Name, string Description, MapCaption Left, MapCaption Right, int? Layers, string Citation, string? File)
{
    private const int Keys = 9;

    /// <summary>All presets, in the order of their keys.</summary>
    public static IReadOnlyList<PresetListing> Of(PresetFolders folders) =>
    [
        .. folders.Presets.Select((preset, i) => new PresetListing(
            i < Keys ? i + 1 : null, preset.Id, preset.Name, preset.Description, preset.Vertical, preset.Horizontal,
            preset.Stack?.Layers.Count, preset.Source, folders.FileOf(preset))),
    ];

    /// <summary>The listing as lines.</summary>
    /// <param name="width">The number of columns.</param>
    public IEnumerable<string> Lines(int width)
    {
        const int Indent = 4;
        string kind = Layers is { } layers ? $" ({layers} {(layers == 1 ? "layer" : "layers")})" : "";
        yield return $"{Key?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? " "}   {Id}: {Name}{kind}";
        string[] texts = [Description, $"left: {Text(Left)} right: {Text(Right)}", Citation, File ?? "built in"];
        foreach (string line in texts.SelectMany(text => Paragraph.Lines(text, width, Indent)))
        {
            yield return line;
        }
    }

    private static string Text(MapCaption caption) =>
        caption.Text.Length == 0 ? $"{caption.Title}." : $"{caption.Title}. {caption.Text}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<PresetListing>))]
internal sealed partial class PresetsJson : JsonSerializerContext;

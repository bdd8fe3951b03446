using System.Text;
using System.Text.Json;

namespace LiveConv.Presets.Tests;

public class PresetJsonTests
{
    public static TheoryData<string> Shipped =>
    [
        .. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Write_ShippedPreset_ReadsAsTheSamePreset(string name)
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", name));

        string text = PresetJson.Write(preset);
        Preset again = PresetFile.Parse(Encoding.UTF8.GetBytes(text), name);

        AssertSame(preset, again);
        Assert.Equal(text, PresetJson.Write(again));
    }

    [Fact]
    public void Write_WithinOtherJson_ReadsAsTheSamePreset()
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", "seed.json"));
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            PresetJson.Write(json, preset);
        }

        AssertSame(preset, PresetFile.Parse(bytes.ToArray(), "seed.json"));
    }

    [Fact]
    public void Write_Pair_PutsARowOfAKernelOnALine() =>
        Assert.Contains(
            "\"vertical\": [\n    [1, 0, -1],\n    [1, 0, -1],\n    [1, 0, -1]\n  ]",
            PresetJson.Write(Preset.Seed),
            StringComparison.Ordinal);

    // Whatever the engine is given, member by member.
    private static void AssertSame(Preset expected, Preset actual)
    {
        Assert.Equal(
            (expected.Id, expected.Name, expected.Description, expected.Source, expected.Key, expected.Operation, expected.Before),
            (actual.Id, actual.Name, actual.Description, actual.Source, actual.Key, actual.Operation, actual.Before));
        Assert.Equal(PresetText.Of(expected), PresetText.Of(actual));
    }
}

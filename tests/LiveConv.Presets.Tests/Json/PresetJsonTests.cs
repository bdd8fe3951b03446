using System.Text;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Convolution.Tests.Stacks;

namespace LiveConv.Presets.Tests;

public class PresetJsonTests
{
    private const int Seed = 20;

    public static TheoryData<string> Shipped =>
    [
        .. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal)),
    ];

    public static TheoryData<BorderMode> Borders => [.. Enum.GetValues<BorderMode>()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Write_ShippedPreset_ReadsAsTheSamePreset(string name)
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", name));

        Assert.NotNull(AssertRoundTrip(preset, name));
    }

    [Fact]
    public void Write_RandomPairs_ReadAsTheSamePresets()
    {
        var presets = new RandomPreset(new Random(Seed));
        for (int n = 0; n < 2000; n++)
        {
            Assert.NotNull(AssertRoundTrip(presets.Pair(), $"pair {n} of seed {Seed}"));
        }
    }

    [Fact]
    public void Write_RandomStacks_ReadAsTheSamePresets()
    {
        const int Count = 2000;
        var presets = new RandomPreset(new Random(Seed));
        int applied = 0;
        for (int n = 0; n < Count; n++)
        {
            applied += AssertRoundTrip(presets.Stack(), $"stack {n} of seed {Seed}") is null ? 0 : 1;
        }

        Assert.True(applied > Count / 2, $"only {applied} stacks of {Count} had maps to compare");
    }

    [Fact]
    public void Write_AnyStackMadeInCode_IsTheSamePresetOrRefused()
    {
        var random = new Random(Seed);
        int refused = 0;
        for (int n = 0; n < 1000; n++)
        {
            var preset = new Preset("random", "Random", RandomStack.Make(random)) { Operation = (Operation)random.Next(2) };
            try
            {
                PresetJson.Write(preset);
            }
            catch (NotSupportedException)
            {
                refused++;
                continue;
            }

            AssertRoundTrip(preset, $"stack in code {n} of seed {Seed}");
        }

        Assert.InRange(refused, 1, 999);
    }

    [Theory]
    [MemberData(nameof(Borders))]
    public void Write_EveryBorder_IsReadByItsNameOrHasNone(BorderMode border)
    {
        var kernel = new Kernel(new float[,] { { 1, -1 } });
        var preset = new Preset(
            "random", "Border", new FilterBank(Operation.Correlation, border, new Filter(kernel), new Filter(kernel)));

        if (border == BorderMode.Constant)
        {
            Assert.Throws<NotSupportedException>(() => PresetJson.Write(preset));
            string text = PresetJson.Write(Preset.Seed).Replace("\"name\"", "\"border\": \"constant\", \"name\"", StringComparison.Ordinal);
            Assert.Throws<PresetException>(() => PresetFile.Parse(Encoding.UTF8.GetBytes(text), "a.json"));
            return;
        }

        AssertRoundTrip(preset, border.ToString());
        AssertRoundTrip(
            new Preset(
                "random",
                "Border",
                new LayerStack(
                    [new StackLayer { Filters = [new([new(0, kernel)])], Border = border }, new StackLayer { Activation = Activation.Abs }],
                    new StackOutput(0, 0),
                    new StackOutput(1, 0))),
            $"{border} of a layer");
    }

    [Fact]
    public void Write_PairWithStride_IsRefusedAndNotLost()
    {
        var filter = new Filter(new Kernel(new float[,] { { 1 } }));
        var bank = new FilterBank(
            Operation.Correlation, BorderMode.Zero, new FilterBankOptions { StrideX = 2 }, filter, filter);

        Assert.Throws<NotSupportedException>(() => PresetJson.Write(new Preset("a", "A", bank)));
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

        AssertSame(preset, PresetFile.Parse(bytes.ToArray(), "seed.json"), "seed");
    }

    [Fact]
    public void Write_Pair_PutsARowOfAKernelOnALine() =>
        Assert.Contains(
            "\"vertical\": [\n    [1, 0, -1],\n    [1, 0, -1],\n    [1, 0, -1]\n  ]",
            PresetJson.Write(Preset.Seed),
            StringComparison.Ordinal);

    /// <returns>The maps of both; null when the image was too small for them.</returns>
    private static byte[]? AssertRoundTrip(Preset preset, string label)
    {
        string text = PresetJson.Write(preset);
        Preset again = PresetFile.Parse(Encoding.UTF8.GetBytes(text), preset.Id + ".json");

        AssertSame(preset, again, label);
        AssertEqual(text, PresetJson.Write(again), label);
        byte[]? maps = PresetMaps.Of(preset);
        byte[]? mapsAgain = PresetMaps.Of(again);
        Assert.True(maps is null ? mapsAgain is null : maps.AsSpan().SequenceEqual(mapsAgain), $"{label}: the maps differ\n{text}");
        return maps;
    }

    // Whatever the engine is given, member by member.
    private static void AssertSame(Preset expected, Preset actual, string label)
    {
        AssertEqual(
            (expected.Id, expected.Name, expected.Description, expected.Source, expected.Key, expected.Operation, expected.Before),
            (actual.Id, actual.Name, actual.Description, actual.Source, actual.Key, actual.Operation, actual.Before),
            label);
        AssertEqual(PresetText.Of(expected), PresetText.Of(actual), label);
    }

    private static void AssertEqual<T>(T expected, T actual, string label) =>
        Assert.True(Equals(expected, actual), $"{label}:\n{expected}\nbecame\n{actual}");
}

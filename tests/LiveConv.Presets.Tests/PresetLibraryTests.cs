using LiveConv.Convolution;

namespace LiveConv.Presets.Tests;

public sealed class PresetLibraryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ReportedLines reported = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_ShippedFolder_HoldsTheFirstPresetsOnTheirKeys()
    {
        IReadOnlyList<Preset> presets = new PresetFolders(RepositoryFiles.PathOf("presets"), null, reported.Inform, reported.Warn).Presets;

        Assert.Empty(reported);
        Assert.Equal(
            ["seed", "sobel", "scharr", "prewitt5", "laplacian", "roberts", "emboss", "identity"],
            presets.Take(8).Select(preset => preset.Id));
        Assert.All(presets, preset => Assert.False(preset.Description.Length == 0 || preset.Source.Length == 0, preset.Id));
    }

    [Fact]
    public void Load_ShippedFolder_HoldsAtLeast24CitedPresets()
    {
        IReadOnlyList<Preset> presets =
            new PresetFolders(RepositoryFiles.PathOf("presets"), null, reported.Inform, reported.Warn).Presets;

        Assert.Empty(reported);
        Assert.True(presets.Count >= 24, $"only {presets.Count}");
        Assert.All(presets, preset => Assert.True(preset.Source.Length > 10 && preset.Description.Length > 10, preset.Id));
        Assert.Equal(presets.Count, presets.Select(preset => preset.Name).Distinct().Count());
    }

    [Fact]
    public void Load_ShippedSeed_IsTheBuiltInOne()
    {
        Preset file = PresetFile.Read(RepositoryFiles.PathOf("presets", "seed.json"));

        Assert.Equal((Preset.Seed.Id, Preset.Seed.Name), (file.Id, file.Name));
        Assert.Equal((Preset.Seed.Bank!.Operation, Preset.Seed.Bank!.Border), (file.Bank!.Operation, file.Bank!.Border));
        for (int f = 0; f < 2; f++)
        {
            (Filter built, Filter read) = (Preset.Seed.Bank!.Filters[f], file.Bank!.Filters[f]);
            Assert.Equal((built.Response, built.Gain), (read.Response, read.Gain));
            Assert.Equal(built.Kernel.Weights.ToArray(), read.Kernel.Weights.ToArray());
        }
    }

    [Fact]
    public void Load_OneBadFile_IsReportedAndTheOthersLoad()
    {
        Save("a", "\"name\": \"A\"");
        string bad = folder.Write("b.json", "{\n  oops\n}");
        Save("c", "\"name\": \"C\"");

        Assert.Equal(["seed", "a", "c"], LoadIds());
        ReportedLine notice = Assert.Single(reported);
        Assert.True(notice.IsProblem);
        Assert.StartsWith($"preset refused: {bad}, line 2: ", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_KeysAndOthers_OthersFillTheGapsByName()
    {
        Save("x", "\"name\": \"X\", \"key\": 3");
        Save("z", "\"name\": \"Z\"");
        Save("y", "\"name\": \"Y\"");
        Save("w", "\"name\": \"W\", \"key\": 9");

        Assert.Equal(["seed", "y", "x", "z", "w"], LoadIds());
    }

    [Fact]
    public void Load_TwoFilesWithOneKey_SecondTakesTheNextPlaceAndItIsSaid()
    {
        Save("a", "\"name\": \"A\", \"key\": 2");
        Save("b", "\"name\": \"B\", \"key\": 2");

        Assert.Equal(["seed", "a", "b"], LoadIds());
        Assert.Contains("key 2 belongs to preset a", Assert.Single(reported).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SchemaAndHiddenFiles_AreNoPresets()
    {
        folder.Write("preset.schema.json", "{}");
        folder.Write(".a.json", "{}");

        Assert.Equal(["seed"], LoadIds());
        Assert.Empty(reported);
    }

    [Fact]
    public void Load_MoreThan256Files_SaysThatTheRestIsLeftOut()
    {
        for (int i = 0; i < 257; i++)
        {
            Save($"p{i:000}", "\"name\": \"P\"");
        }

        Assert.Equal(1 + 256, LoadIds().Count());
        Assert.Contains("257", Assert.Single(reported).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFolder_IsAFailureThatNamesIt()
    {
        string missing = Path.Combine(folder.Path, "nope");

        Assert.Contains(
            missing,
            Assert.Throws<LiveConvException>(() => new PresetFolders(missing, reported.Inform, reported.Warn)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFolderGiven_AlwaysHasTheSeed()
    {
        Assert.Contains("seed", new PresetFolders(null, reported.Inform, reported.Warn).Presets.Select(preset => preset.Id));
    }

    private IEnumerable<string> LoadIds() =>
        new PresetFolders(folder.Path, null, reported.Inform, reported.Warn).Presets.Select(preset => preset.Id);

    private void Save(string id, string members) =>
        folder.Write(id + ".json", $$"""{"version": 1, {{members}}, "vertical": [[1, -1]], "horizontal": [[1], [-1]]}""");
}

namespace LiveConv.Presets.Tests;

public class PresetSchemaTests
{
    /// <summary>Set to 1, the test writes the file instead of comparing it.</summary>
    private const string Update = "LIVECONV_UPDATE_SCHEMA";

    [Fact]
    public void Schema_InTheRepository_IsTheOneOfTheTypes()
    {
        string path = RepositoryFiles.PathOf("presets", "preset.schema.json");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, PresetSchema.Text());
        }

        Assert.True(
            PresetSchema.Text() == File.ReadAllText(path).ReplaceLineEndings("\n"),
            $"presets/preset.schema.json is not current: run the tests once with {Update}=1 and commit it");
    }
}

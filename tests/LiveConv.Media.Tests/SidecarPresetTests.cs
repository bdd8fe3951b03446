using System.Text;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Media.Tests;

public sealed class SidecarPresetTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public static TheoryData<string> Shipped =>
    [
        .. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal)),
    ];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task ToPreset_OfAShippedPresetsRecording_GivesTheRecordedMaps(string name)
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", name));
        await SceneRecording.WriteAsync(directory.File("a.y4m"), 4, _ => preset);

        RecordedPreset recorded = Assert.Single(RecordedPreset.ReadAll(directory.File("a.y4m.json"))!);
        Preset again = recorded.ToPreset();
        await SceneRecording.WriteAsync(directory.File("b.y4m"), 4, _ => again);

        Assert.Equal((0, preset.Id, preset.Name), (recorded.FromFrame, again.Id, again.Name));
        byte[] frames = SceneRecording.FramesOf(directory.File("a.y4m"));
        Assert.True(frames.Distinct().Count() > 2, "the maps show nothing");
        Assert.Equal(frames, SceneRecording.FramesOf(directory.File("b.y4m")));
    }

    [Fact]
    public async Task ToPreset_OfAPresetThatFilesHaveNoFormFor_ReportsWhy()
    {
        var preset = new Preset("code", "Code", new FilterBank(
            Operation.Correlation,
            BorderMode.Mirror,
            new Filter(new Kernel(new float[,] { { 1, -1 } }), Gain: 2),
            new Filter(new Kernel(new float[,] { { 1 }, { -1 } }))));
        await SceneRecording.WriteAsync(directory.File("a.y4m"), 3, _ => preset);

        RecordedPreset recorded = Assert.Single(RecordedPreset.ReadAll(directory.File("a.y4m.json"))!);

        Assert.Equal("code", recorded.Id);
        Assert.Contains(
            "whole preset code: it was made in code, and a preset file describes two filters of one response and gain",
            Assert.Throws<LiveConvException>(recorded.ToPreset).Message,
            StringComparison.Ordinal);
        Assert.True(RecordingCheck.Run(directory.File("a.y4m"), CancellationToken.None).IsGood);
    }

    // As versions up to 0.1.0 wrote it.
    [Fact]
    public void ToPreset_OfAnOldRecording_ReportsThatItIsNotWhole()
    {
        string path = Write("""
            {"liveconv": "0.1.0", "presets": [{"fromFrame":0,"id":"seed","name":"Seed edges","vertical":{"kernel":[[1]]}}]}
            """);

        RecordedPreset recorded = Assert.Single(RecordedPreset.ReadAll(path)!);

        Assert.Contains(
            "whole preset seed: the version that wrote it",
            Assert.Throws<LiveConvException>(recorded.ToPreset).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ToPreset_RefusedPreset_NamesTheMemberInTheFile()
    {
        string path = Write("""
            {"liveconv": "1", "presets": [{"fromFrame":0,"id":"x","preset":{"version":1,"name":"X","vertical":[["a"]]}}]}
            """);

        Assert.Contains(
            "a.json, $.presets[0].preset.vertical[0][0]: a weight is a number",
            Assert.Throws<PresetException>(RecordedPreset.ReadAll(path)![0].ToPreset).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version": 1, "name": "A preset"}""")]
    [InlineData("[1, 2]")]
    [InlineData("no JSON")]
    [InlineData("")]
    public void ReadAll_AnotherFile_IsNull(string content) => Assert.Null(RecordedPreset.ReadAll(Write(content)));

    [Fact]
    public void ReadAll_WithAByteOrderMark_IsRead()
    {
        string path = Write("");
        File.WriteAllText(path, """{"liveconv": "1", "presets": []}""", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Empty(RecordedPreset.ReadAll(path)!);
    }

    [Fact]
    public void ReadAll_Utf16_SaysSaveItAsUtf8()
    {
        string path = Write("");
        File.WriteAllText(path, """{"liveconv": "1", "presets": []}""", Encoding.Unicode);

        Assert.EndsWith(
            "a.json, line 1: the file is UTF-16; save it as UTF-8",
            Assert.Throws<PresetException>(() => RecordedPreset.ReadAll(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAll_NoFile_IsNull() => Assert.Null(RecordedPreset.ReadAll(directory.File("nothing.json")));

    [Theory]
    [InlineData("""{"liveconv": "1", "presets": [""")]
    [InlineData("""{"liveconv": "1"}""")]
    [InlineData("""{"liveconv": "1", "presets": [{"id": "x"}]}""")]
    [InlineData("""{"liveconv": "1", "presets": [3]}""")]
    public void ReadAll_DamagedSidecar_IsRefusedInOneLine(string content) => Assert.Matches(
        @"a\.json is damaged: [^\n]+$", Assert.Throws<LiveConvException>(() => RecordedPreset.ReadAll(Write(content))).Message);

    [Fact]
    public void ToJson_EditedPair_HoldsTheDocument()
    {
        const string Document = """{"version":1,"name":"Edited","gain":0.1,"vertical":[[1,-1]],"horizontal":[[1],[-1]]}""";
        Preset preset = PresetFile.Parse(Encoding.UTF8.GetBytes(Document), "edited.json");

        string json = Encoding.UTF8.GetString(RecordedPreset.ToJson(7, preset));

        Assert.Equal("{\"fromFrame\":7,\"id\":\"edited\",\"preset\":" + Document + "}", json);
    }

    private string Write(string content)
    {
        string path = directory.File("a.json");
        File.WriteAllText(path, content);
        return path;
    }
}

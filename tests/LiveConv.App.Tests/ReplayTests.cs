using System.Text;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App.Tests;

/// <summary>A recording's <c>.json</c> gives its maps again.</summary>
public sealed class ReplayTests : IDisposable
{
    private const int Frames = 10;

    private const string EditedPair = """
        {"version": 1, "name": "Edited", "operation": "convolution", "border": "replicate", "response": "offset128", "gain": 0.3,
        "anchor": {"x": 0, "y": 1}, "vertical": [[3, 0.5, -1], [2, 0, -2], [1, 0, -1]], "horizontal": [[1, 2, 3], [0, 0, 0], [-1, -2, -3]]}
        """;

    private const string EditedStack = """
        {"version": 1, "name": "Edited", "operation": "convolution", "gain": 0.5, "layers": [{"stride": 2, "padding": 1, "border": "zero",
        "kernels": [{"weights": [[1, 0, -1], [2.5, 0, -2.5], [1, 0, -1]]}, {"weights": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]], "bias": 9}]}]}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("canny")]
    [InlineData("ball-or-bat")]
    [InlineData("upsample-transposed")]
    public async Task Process_WithThePresetOfALiveRecording_GivesItsFrames(string preset)
    {
        string[] scene = ["--source", "test", "--size", "160x120", "--pace", "max", "--frames", $"{Frames}", "--view", "none"];
        await RunAsync([.. scene, "--record", PathOf("camera.y4m"), "--record-what", "camera"]);
        await RunAsync([.. scene, "--record", PathOf("maps.y4m"), "--preset", preset]);

        await ProcessAsync("again.y4m", "maps.y4m.json");

        Assert.Equal(FramesOf("maps.y4m"), FramesOf("again.y4m"));
    }

    // What the page does with an edit: a document is read, and becomes the preset of the next frame.
    [Theory]
    [InlineData(EditedPair)]
    [InlineData(EditedStack)]
    public async Task Process_WithAnEditedPresetThatWasNeverSaved_GivesTheRecordedFrames(string document)
    {
        var controls = new LiveControls([Preset.Seed], Preset.Seed) { Preset = Edited(document) };
        await RecordAsync(_ => controls.Preset);

        await ProcessAsync("again.y4m", "maps.y4m.json");

        Assert.Equal(FramesOf("maps.y4m"), FramesOf("again.y4m"));
    }

    [Fact]
    public async Task Process_OfARecordingWithASwap_GivesTheFramesOfEachPreset()
    {
        await RecordSwapAsync();

        await ProcessAsync("first.y4m", "maps.y4m.json#1", "--frames", "..3");
        await ProcessAsync("second.y4m", "maps.y4m.json#2", "--frames", "4..");

        byte[] both = [.. FramesOf("first.y4m"), .. FramesOf("second.y4m")];
        Assert.Equal(FramesOf("maps.y4m"), both);
    }

    [Theory]
    [InlineData("maps.y4m.json", 2, "holds 2 presets, choose one by its number, as in ", "#1 seed from frame 0, #2 edited from frame 4")]
    [InlineData("maps.y4m.json#3", 2, "there is no ", "#1 seed from frame 0, #2 edited from frame 4")]
    [InlineData("maps.y4m.json#0", 2, "there is no ", "#2 edited from frame 4")]
    [InlineData("mine.json#1", 2, "mine.json is not the .json of a recording", "only those hold presets by number")]
    [InlineData("nothing.json#1", 1, "nothing.json", "there is no such file")]
    public async Task Preset_ThatARecordingDoesNotGive_IsRefusedInOneLine(string preset, int exitCode, string message, string rest)
    {
        await RecordSwapAsync();
        File.WriteAllText(PathOf("mine.json"), EditedPair);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "export", PathOf(preset));

        Assert.Equal(exitCode, ended.ExitCode);
        string line = Assert.Single(ended.ErrorLines);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.Contains(rest, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfARecordingsPreset_WritesItsKernels()
    {
        await RecordSwapAsync();

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "export", PathOf("maps.y4m.json#1"));

        Assert.Equal((0, "[[1, 0, -1], [1, 0, -1], [1, 0, -1]]"), (ended.ExitCode, ended.Output.Split('\n')[0].Trim()));
    }

    private static Preset Edited(string document) => PresetFile.Parse(Encoding.UTF8.GetBytes(document), "edited.json");

    private static async Task RunAsync(string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, ended.Error);
    }

    private Task RecordSwapAsync()
    {
        Preset edited = Edited(EditedPair);
        return RecordAsync(i => i < 4 ? Preset.Seed : edited);
    }

    private async Task RecordAsync(Func<int, Preset> presetOf)
    {
        await SceneRecording.WriteAsync(PathOf("camera.y4m"), Frames, presetOf, RecordContent.Camera);
        await SceneRecording.WriteAsync(PathOf("maps.y4m"), Frames, presetOf);
    }

    private Task ProcessAsync(string output, string preset, params string[] options) =>
        RunAsync(["process", PathOf("camera.y4m"), PathOf(output), "--preset", PathOf(preset), .. options]);

    private byte[] FramesOf(string name) => SceneRecording.FramesOf(PathOf(name));

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}

using System.Diagnostics;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.App.Tests.Lessons;

public sealed class PresetCommandTests : IDisposable
{
    private const int Side = 40;
    private static readonly string[] Raw = ["-f", "rawvideo", "-pix_fmt", "gray"];
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-presets-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task List_ShippedPresets_FitsTheTerminalAndNamesKeys()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "list");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("\n2   sobel: Sobel 3x3", $"\n{ended.Output}", StringComparison.Ordinal);
        Assert.Contains("canny: ", ended.Output, StringComparison.Ordinal);
        Assert.All(
            ended.Output.Split('\n').Where(line => line.Trim().Contains(' ', StringComparison.Ordinal)),
            line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task List_Json_HasEveryPresetFile()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "list", "--json");

        using JsonDocument list = JsonDocument.Parse(ended.Output);
        string[] ids = [.. list.RootElement.EnumerateArray().Select(preset => preset.GetProperty("id").GetString()!)];
        string[] files = [.. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Select(Path.GetFileNameWithoutExtension)!];
        Assert.Equal(files.Where(name => name != "preset.schema").Order(), ids.Order());
        JsonElement sobel = list.RootElement.EnumerateArray().Single(preset => preset.GetProperty("id").GetString() == "sobel");
        Assert.Equal(2, sobel.GetProperty("key").GetInt32());
        Assert.Equal("Vertical edges", sobel.GetProperty("left").GetProperty("title").GetString());
        Assert.EndsWith("sobel.json", sobel.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Contains("Feldman", sobel.GetProperty("citation").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sobel")]
    [InlineData("canny")]
    [InlineData("temporal-sobel")]
    public async Task Show_Json_IsThePresetAgain(string id)
    {
        LiveConvProcess.Ended shown = await LiveConvProcess.RunAsync("preset", "show", id);
        LiveConvProcess.Ended json = await LiveConvProcess.RunAsync("preset", "show", id, "--json");

        Assert.Equal((0, 0), (shown.ExitCode, json.ExitCode));
        Assert.StartsWith($"{id}: ", shown.Output, StringComparison.Ordinal);
        string again = Path.Combine(folder, $"{id}.json");
        await File.WriteAllTextAsync(again, json.Output);
        Preset shipped = PresetFile.Read(RepositoryFiles.PathOf("presets", $"{id}.json"));
        Assert.Equal(PresetJson.Write(shipped), PresetJson.Write(PresetFile.Read(again)));
    }

    // What FFmpeg makes of an exported text is the map, byte for byte, the rim included.
    [SkippableTheory]
    [InlineData("seed")]
    [InlineData("sobel")]
    [InlineData("scharr")]
    [InlineData("prewitt5")]
    [InlineData("sobel5")]
    [InlineData("sobel7")]
    [InlineData("laplacian")]
    [InlineData("laplacian8")]
    [InlineData("sharpen")]
    [InlineData("identity")]
    public async Task Export_FFmpeg_MakesTheSameBytes(string id)
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is missing");
        byte[] pixels = new byte[Side * Side];
        new Random(3).NextBytes(pixels);
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", $"{id}.json"));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "export", id, "--format", "ffmpeg");

        Assert.True(ended.ExitCode == 0, ended.Error);
        string[] chains = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        byte[][] maps = Maps(preset, pixels);
        Assert.Equal(2, chains.Length);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(maps[i], await FilterAsync(pixels, chains[i]));
        }
    }

    [SkippableFact]
    public async Task Export_FFmpegOfAVideoInItsUsualRange_MakesTheBytesOfProcess()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is missing");
        string clip = Path.Combine(folder, "clip.mkv");
        string maps = Path.Combine(folder, "maps.y4m");
        await FFmpegAsync(["-f", "lavfi", "-i", $"testsrc2=size={Side}x{Side}:rate=1:duration=2,format=yuv420p", "-c:v", "ffv1", clip]);
        LiveConvProcess.Ended filtered = await LiveConvProcess.RunAsync("process", clip, maps, "--preset", "sobel");
        LiveConvProcess.Ended exported = await LiveConvProcess.RunAsync("preset", "export", "sobel", "--format", "ffmpeg");
        Assert.True(filtered.ExitCode == 0 && exported.ExitCode == 0, filtered.Error + exported.Error);

        string[] chains = exported.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        byte[] file = await File.ReadAllBytesAsync(maps);
        byte[] sides = file[(file.AsSpan().IndexOf("FRAME\n"u8) + 6)..];
        for (int i = 0; i < 2; i++)
        {
            byte[] map = await FFmpegAsync(["-i", clip, "-vf", chains[i], "-frames:v", "1", "-f", "rawvideo", "-"]);
            Assert.Equal(Side * Side, map.Length);
            for (int y = 0; y < Side; y++)
            {
                Assert.Equal(sides.AsSpan((2 * y + i) * Side, Side), map.AsSpan(y * Side, Side));
            }
        }
    }

    [Theory]
    [InlineData("imagemagick")]
    [InlineData("ffmpeg")]
    [InlineData("numpy")]
    [InlineData("matlab")]
    [InlineData("opencv")]
    [InlineData("c")]
    [InlineData("list")]
    [InlineData("numbers")]
    public async Task ExportAndImport_Sobel_GiveItsKernels(string format)
    {
        LiveConvProcess.Ended exported = await LiveConvProcess.RunAsync("preset", "export", "sobel", "--format", format);
        Assert.True(exported.ExitCode == 0, exported.Error);

        // Two kernels in one text of ImageMagick's are merged by its own rules; numbers are a kernel each.
        string[] kernels = format switch
        {
            "imagemagick" => exported.Output.Trim().Split(";\n"),
            "numbers" => exported.Output.Split("\n\n"),
            _ => [exported.Output],
        };
        string file = Path.Combine(folder, "again.json");

        LiveConvProcess.Ended imported = await LiveConvProcess.RunAsync(
            ["preset", "import", .. kernels, "--name", "Again", "--output", file]);

        Assert.True(imported.ExitCode == 0, imported.Error);
        Preset shipped = PresetFile.Read(RepositoryFiles.PathOf("presets", "sobel.json"));
        Assert.Equal(Weights(shipped), Weights(PresetFile.Read(file)));
    }

    [Fact]
    public async Task Export_Npy_IsReadBackByImport()
    {
        string name = Path.Combine(folder, "k");
        LiveConvProcess.Ended exported = await LiveConvProcess.RunAsync("preset", "export", "scharr", "--format", "npy", "--output", name);
        LiveConvProcess.Ended imported = await LiveConvProcess.RunAsync(
            "preset", "import", $"{name}.vertical.npy", $"{name}.horizontal.npy", "--name", "Again");

        Assert.Equal((0, 0), (exported.ExitCode, imported.ExitCode));
        Assert.Contains("[-0.75, 0, 0.75]", imported.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_LayerOfCanny_IsItsKernels()
    {
        LiveConvProcess.Ended whole = await LiveConvProcess.RunAsync("preset", "export", "canny");
        LiveConvProcess.Ended layer = await LiveConvProcess.RunAsync("preset", "export", "canny", "--layer", "1", "--format", "numpy");

        Assert.Equal((1, 0), (whole.ExitCode, layer.ExitCode));
        Assert.Contains("--layer 0", whole.Error, StringComparison.Ordinal);
        Assert.StartsWith("map0 = np.array(", layer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KERNEL is empty", "preset", "import", "")]
    [InlineData("--output takes a file", "preset", "import", "1 2 1", "--output", "")]
    [InlineData("PRESET takes one of", "preset", "export", "nosuch")]
    [InlineData("did you mean sobel?", "preset", "export", "sobell")]
    [InlineData("--layer takes a layer of preset canny with kernels", "preset", "export", "canny", "--layer", "7")]
    [InlineData("go with presets of layers", "preset", "export", "sobel", "--layer", "0")]
    public async Task Preset_WrongUse_IsOneLineWithTheCause(string cause, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);

        Assert.InRange(ended.ExitCode, 1, 2);
        Assert.Contains(cause, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_LayerOfKirsch_ShowsTheSumOfItsKernel()
    {
        string image = Path.Combine(folder, "a.png");
        await File.WriteAllBytesAsync(
            image, PngFile.Write(new NumberArray([.. Enumerable.Range(0, 25).Select(i => (double)(i % 5 * 10))], [5, 5])));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "explain", "--input", image, "--preset", "kirsch", "--at", "2,2", "--layer", "0", "--map", "0");

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Contains("sum of the products", ended.Output, StringComparison.Ordinal);
        Assert.Contains("layer 0 of 2", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learn_KernelOfALayer_FindsIt()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "learn", "--preset", "kirsch", "--layer", "0", "--map", "0", "--source", "test", "--frames", "2");
        Preset kirsch = PresetFile.Read(RepositoryFiles.PathOf("presets", "kirsch.json"));
        double[] expected = [.. kirsch.Stack!.Layers[0].Filters[0].Terms[0].Kernel.Weights.ToArray().Select(weight => (double)weight)];

        Assert.True(ended.ExitCode == 0, ended.Error);
        double[][] rows = JsonSerializer.Deserialize<double[][]>(ended.Output)!;
        Assert.Equal(expected, rows.SelectMany(row => row).Select(weight => Math.Round(weight, 3)));
    }

    // As they are applied: programs have borders of their own.
    private static float[][] Weights(Preset preset) =>
        [
            .. preset.Bank!.Filters.ToArray().Select(filter =>
                filter.Kernel.Upright(preset.Bank.Operation).Scale(filter.Gain).Weights.ToArray()),
        ];

    private static byte[][] Maps(Preset preset, byte[] pixels)
    {
        using var image = new Plane<byte>(Side, Side);
        image.CopyFrom(pixels);
        using var vertical = new Plane<byte>(Side, Side);
        using var horizontal = new Plane<byte>(Side, Side);
        preset.Bank!.Apply(image, [vertical, horizontal]);
        byte[][] maps = [new byte[Side * Side], new byte[Side * Side]];
        vertical.CopyTo(maps[0]);
        horizontal.CopyTo(maps[1]);
        return maps;
    }

    private static Task<byte[]> FilterAsync(byte[] pixels, string chain) =>
        FFmpegAsync([.. Raw, "-s", $"{Side}x{Side}", "-i", "-", "-vf", chain, .. Raw, "-"], pixels);

    private static async Task<byte[]> FFmpegAsync(string[] arguments, byte[]? pixels = null)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await ffmpeg.StandardInput.BaseStream.WriteAsync(pixels ?? []);
        ffmpeg.StandardInput.Close();
        using var output = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(output);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        return output.ToArray();
    }
}

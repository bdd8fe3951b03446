using System.Text.Json;

namespace LiveConv.App.Tests.Lessons;

/// <summary><c>liveconv train</c>: the same file whatever the machine, folders of images, and what it refuses.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-train-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Train_AnyThreadsAndVectors_WritesTheSameFile()
    {
        (string Name, string Value)[] machines =
            [("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX2", "0"), ("DOTNET_EnableHWIntrinsic", "0"), ("LIVECONV_NOTHING", "1")];
        byte[] first = await RunAsync("1", null);
        Assert.Equal(first, await RunAsync("2", null));
        foreach ((string, string) machine in machines)
        {
            Assert.Equal(first, await RunAsync("2", machine));
        }

        async Task<byte[]> RunAsync(string threads, (string Name, string Value)? variable)
        {
            using LiveConvProcess run = LiveConvProcess.Start(
                [
                    "train", "--scene", "--examples", "90", "--epochs", "2", "--size", "32x24", "--threads", threads, "--output",
                    At("net.onnx"),
                ],
                start => start.Environment[variable?.Name ?? "LIVECONV_NOTHING"] = variable?.Value ?? "1");
            LiveConvProcess.Ended ended = await run.EndAsync();
            Assert.True(ended.ExitCode == 0, ended.Error);
            return await File.ReadAllBytesAsync(At("net.onnx"));
        }
    }

    [Fact]
    public async Task Train_FolderOfImages_LearnsToTellItsClasses()
    {
        var random = new Random(3);
        for (int n = 0; n < 24; n++)
        {
            Write(n % 2 == 0 ? "rings" : "bars", $"{n}.png", n % 2 == 0 ? Rings(random) : Bars(random));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "rings", ".hidden"), "no image");
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "train", folder, "--output", At("net.onnx"), "--labels-out", At("net.txt"), "--plot", At("loss.svg"), "--size", "32x24",
            "--batch", "8", "--epochs", "40", "--patience", "40", "--json");

        Assert.True(ended.ExitCode == 0, ended.Error);
        using var result = JsonDocument.Parse(ended.Output);
        Assert.Equal(["bars", "rings"], result.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal(24, result.RootElement.GetProperty("examples").GetInt32());
        Assert.Equal(1, result.RootElement.GetProperty("validationAccuracy").GetDouble());
        Assert.Equal("bars\nrings\n", await File.ReadAllTextAsync(At("net.txt")));
        string plot = await File.ReadAllTextAsync(At("loss.svg"));
        Assert.Equal(4, plot.Split("<polyline").Length - 1);
        Assert.DoesNotContain("NaN", plot, StringComparison.Ordinal);
        Assert.Contains("epoch   1 [", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FoldersThatAreNone_AreRefusedInALine()
    {
        Write("one", "a.png", Bars(new Random(1)));
        await RefusedAsync("has one folder in it");
        await RefusedAsync("missing", Path.Combine(folder, "missing"));
        Directory.CreateDirectory(Path.Combine(folder, "two"));
        await RefusedAsync("has no images");
        Write("two", "b.png", Bars(new Random(2)));
        await RefusedAsync("class one has 1 of the 2");
        await File.WriteAllTextAsync(Path.Combine(folder, "two", "c.png"), "no image at all");
        await RefusedAsync("c.png");

        async Task RefusedAsync(string reason, string? path = null)
        {
            LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("train", path ?? folder, "--output", At("net.onnx"));

            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(reason, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
            Assert.False(File.Exists(At("net.onnx")));
        }
    }

    [Fact]
    public async Task Train_RateTooHigh_FailsAndWritesNoNetwork()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "train", "--scene", "--examples", "60", "--size", "32x24", "--optimizer", "sgd", "--rate", "1000", "--output", At("net.onnx"),
            "--plot", At("loss.svg"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("training diverged in epoch", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(At("net.onnx")));
        Assert.DoesNotContain("NaN", await File.ReadAllTextAsync(At("loss.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_NothingIsLearned_ReportsIt()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "train", "--scene", "--examples", "60", "--size", "32x24", "--epochs", "2", "--rate", "1e-9", "--output", At("net.onnx"),
            "--quiet");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("its loss is that of guessing", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("either a folder or --scene", "--output", "n.onnx")]
    [InlineData("either a folder or --scene", "photos", "--scene", "--output", "n.onnx")]
    [InlineData("--output FILE.onnx", "--scene")]
    [InlineData("--output takes a .onnx file", "--scene", "--output", "n.pt")]
    [InlineData("--examples goes with --scene", "photos", "--examples", "10", "--output", "n.onnx")]
    [InlineData("--momentum goes with --optimizer sgd", "--scene", "--momentum", "0.5", "--output", "n.onnx")]
    [InlineData("--rate takes a number above 0", "--scene", "--rate", "0", "--output", "n.onnx")]
    [InlineData("--validation takes a number from 0 to 0.9", "--scene", "--validation", "1", "--output", "n.onnx")]
    [InlineData("--size takes a size such as 64x48", "--scene", "--size", "4x4", "--output", "n.onnx")]
    public async Task Train_WrongUse_IsOneLineThatSaysWhatGoesWithWhat(string said, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(["train", .. arguments]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(said, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void AreaScaling_AnyRatio_IsTheMeanOfWhatEachPixelCovers()
    {
        var image = new NumberArray([0, 30, 60, 90, 120, 150], [2, 3]);

        Assert.Equal([0, 30, 60, 90, 120, 150], AreaScaling.Scale(image, 3, 2));
        Assert.Equal([75], AreaScaling.Scale(image, 1, 1));
        Assert.Equal([55, 95], AreaScaling.Scale(image, 2, 1));
        Assert.Equal([0, 0, 30, 30, 60, 60], AreaScaling.Scale(new NumberArray([0, 30, 60], [1, 3]), 6, 1));
    }

    private string At(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(folder, ".out")).FullName, name);

    private void Write(string label, string name, NumberArray image) => File.WriteAllBytes(
        Path.Combine(Directory.CreateDirectory(Path.Combine(folder, label)).FullName, name), PngFile.Write(image));

    private static NumberArray Rings(Random random)
    {
        double row = random.Next(20, 40), column = random.Next(25, 55);
        return Image((y, x) => Math.Sqrt(((y - row) * (y - row)) + ((x - column) * (x - column))) % 16 < 8 ? 200 : 40);
    }

    private static NumberArray Bars(Random random)
    {
        int phase = random.Next(16);
        return Image((_, x) => (x + phase) % 16 < 8 ? 200 : 40);
    }

    private static NumberArray Image(Func<int, int, double> pixel) =>
        new([.. from y in Enumerable.Range(0, 60) from x in Enumerable.Range(0, 80) select pixel(y, x)], [60, 80]);
}

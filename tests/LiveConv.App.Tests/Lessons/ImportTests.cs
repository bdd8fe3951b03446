using System.Text;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App.Tests.Lessons;

public class ImportTests
{
    [Theory]
    [MemberData(nameof(KernelTextList.Read), MemberType = typeof(KernelTextList))]
    public void Of_EveryTextOfTheList_IsAPreset(string text)
    {
        KernelTextResult kernels = KernelText.Read(text);

        Preset preset = Again(ImportedPreset.Of("P", "", kernels));

        Assert.NotEqual(preset.Bank is null, preset.Stack is null);
        Assert.Equal(kernels.Merge == Merge.None, preset.Stack is null || preset.Stack.Layers.Count == 1);
    }

    [Theory]
    [InlineData("3x3: 1,0,-1 1,0,-1 1,0,-1", false, 1)]
    [InlineData("2x2: 1,0 0,-1", true, 1)]
    [InlineData("3x3@: 5,5,5 -3,0,-3 -3,-3,-3", true, 2)]
    [InlineData("sobel=scale=1", true, 2)]
    public void Of_ImportedKernels_IsAPairOrAStack(string text, bool isStack, int layers)
    {
        Preset preset = Again(ImportedPreset.Of("A \"name\"", "d", KernelText.Read(text)));

        Assert.Equal("A \"name\"", preset.Name);
        Assert.Equal(isStack, preset.Stack is not null);
        Assert.True(preset.Stack is null || preset.Stack.Layers.Count == layers);
    }

    [Fact]
    public void Of_OneKernel_RotatesItForTheSecondPane()
    {
        FilterBank bank = Again(ImportedPreset.Of("P", "", KernelText.Read("[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"))).Bank!;

        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], bank.Filters[1].Kernel.Weights.ToArray());
    }

    [Fact]
    public void Of_FFmpegBias_IsAddedAfterTheGain()
    {
        Preset preset = Again(ImportedPreset.Of("B", "", KernelText.Read("1 0 -1 1 0 -1 1 0 -1:1:1:1:0.5:1:1:1:50")));

        Assert.Equal(100, preset.Stack!.Layers[0].Filters[0].Bias);
        Assert.Equal(0.5f, preset.Stack.Vertical.Gain);
    }

    [Theory]
    [InlineData("numbers alone state no operation", Operation.Correlation, "1 0 -1 1 0 -1 1 0 -1")]
    [InlineData("imported as a convolution", Operation.Convolution, "1 0 -1 1 0 -1 1 0 -1", "--format", "imagemagick")]
    [InlineData("imported as a convolution", Operation.Convolution, "1 0 -1 1 0 -1 1 0 -1", "--operation", "convolution")]
    [InlineData("imported as a correlation", Operation.Correlation, "-1 0 1 -2 0 2 -1 0 1")]
    public async Task Import_Numbers_ReportsTheirOperation(string error, Operation operation, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(["preset", "import", .. arguments]);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(error, ended.Error, StringComparison.Ordinal);
        Assert.Equal(operation, Parse(ended.Output).Operation);
    }

    [Fact]
    public async Task Import_Kernel_WritesARowPerLine()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "import", "3x3: 1,0,-1 2,0,-2 1,0,-1");

        Assert.Contains(
            "\"vertical\": [\n    [1, 0, -1],\n    [2, 0, -2],\n    [1, 0, -1]\n  ]", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ChainWithoutAConvolution_IsRefusedInOneLine()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "import", "format=gray,scale=640:480");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("has no convolution, only \"format\", \"scale\"", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task Import_NameOfAFile_SaysWhatItIs()
    {
        string folder = Directory.CreateTempSubdirectory("liveconv-").FullName;
        string image = Path.Combine(folder, "photo.png");
        string text = Path.Combine(folder, "kernel.txt");
        await File.WriteAllBytesAsync(image, [0xFF, 0xD8, 0xFF, 0xE0]);
        await File.WriteAllTextAsync(text, "1 0 -1");
        foreach ((string kernel, string says) in ((string, string)[])[
            (image, "photo.png is a JPEG image, and a kernel is given as a text or a .npy file"),
            (text, "$(cat "),
            (folder, "is a folder"),
            ("gone.png", "there is no file gone.png"),
            ("1 0 \uFFFD", "save it as UTF-8"),
        ])
        {
            LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("preset", "import", kernel);

            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(says, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("preset", "export", "sobel", "--format", "opencv", "--output", "k.txt")]
    [InlineData("preset", "import", "1 0 -1", "--output", "k.txt")]
    public async Task Preset_OutputThatIsNotWritten_IsAUsageError(params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("--output", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imagemagick")]
    [InlineData("ffmpeg")]
    [InlineData("numpy")]
    [InlineData("matlab")]
    [InlineData("opencv")]
    [InlineData("c")]
    [InlineData("list")]
    public async Task Export_AndImportAgain_IsTheSamePair(string format)
    {
        LiveConvProcess.Ended exported = await LiveConvProcess.RunAsync("preset", "export", "sobel", "--format", format);
        LiveConvProcess.Ended imported = await LiveConvProcess.RunAsync(["preset", "import", .. exported.Output.Trim().Split('\n')]);

        FilterBank bank = Parse(imported.Output).Bank!;
        Kernel first = bank.Filters[0].Kernel.Upright(bank.Operation);
        Assert.Equal([-1, 0, 1, -2, 0, 2, -1, 0, 1], first.Weights.ToArray());
    }

    [Theory]
    [InlineData("np.ones((5,5))/25", "numpy", 1)]
    [InlineData("np.ones((5,5))/25", "list", 1)]
    [InlineData("1/9 * [[1, 1, 1], [1, 1, 1], [1, 1, 1]]", "matlab", 1)]
    [InlineData("Kirsch@", "list", 8)]
    [InlineData("Kirsch@", "imagemagick", 8)]
    [InlineData("[[1, 2], [3, 4]]", "opencv", 1)]
    [InlineData("3x1+0+0: 1,2,3", "imagemagick", 1)]
    public async Task Import_ExportAndImportAgain_HasTheSameSums(string text, string format, int kernels)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
        string file = Path.Combine(folder.FullName, "k.json");
        KernelTextResult expected = KernelText.Read(text);
        await LiveConvProcess.RunAsync("preset", "import", text, "--output", file);

        LiveConvProcess.Ended exported = await LiveConvProcess.RunAsync("preset", "export", file, "--format", format);

        folder.Delete(recursive: true);
        KernelTextResult back = KernelText.Read(exported.Output);
        Assert.Equal(kernels, expected.Kernels.Count);
        for (int k = 0; k < kernels; k++)
        {
            Kernel again = back.Upright()[k].Scale(back.Gain);
            Assert.Equal(expected.Upright()[k].Scale(expected.Gain).Weights.ToArray(), again.Weights.ToArray());
        }
    }

    private static Preset Again(Preset preset) => Parse(PresetJson.Write(preset));

    private static Preset Parse(string preset) => PresetFile.Parse(Encoding.UTF8.GetBytes(preset), "p.json");
}

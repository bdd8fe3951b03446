using System.Text;

namespace LiveConv.App.Tests;

/// <summary><c>liveconv conv</c> as a person runs it.</summary>
public sealed class ConvCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-conv-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Conv2D_SeedExample_WritesIntegersAndSaysShapesAndEquation()
    {
        string input = Write("x.npy", [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 1, 1, 1, 0], [4, 4], "u8");
        string kernel = Write("k.npy", [1, 0, -1, 1, 0, -1, 1, 0, -1], [3, 3], "i2");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("conv", "--input", input, "--weight", kernel, "--output", At("y.npy"));

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Contains("input (4, 4)  weight (3, 3) -> output (2, 2)", ended.Error, StringComparison.Ordinal);
        Assert.Contains("floor((input + 2*padding - dilation*(kernel - 1) - 1) / stride) + 1", ended.Error, StringComparison.Ordinal);
        byte[] file = await File.ReadAllBytesAsync(At("y.npy"));
        Assert.Contains("'descr': '<i8'", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
        Assert.Equal([-6, 15, -4, 14], NpyFile.Read(file).Values);
    }

    [Fact]
    public async Task Filter2D_PgmInAndOut_SaturatesToTheNamedDepth()
    {
        await File.WriteAllBytesAsync(At("photo.pgm"), [.. "P5\n# a comment\n3 1\n255\n"u8, 10, 200, 30]);
        string kernel = Write("k.npy", [2], [1, 1], "f4");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "conv", "--op", "filter2d", "--ddepth", "u8", "--delta", "-30", "--input", At("photo.pgm"), "--weight", kernel, "--output",
            At("y.pgm"));

        Assert.True(ended.ExitCode == 0, ended.Error);
        byte[] file = await File.ReadAllBytesAsync(At("y.pgm"));
        Assert.Equal([0, 255, 30], PgmFile.Read(file).Values);
    }

    [Theory]
    [InlineData("--stride", "--stride", "0")]
    [InlineData("--stride", "--stride", "1,2,3")]
    [InlineData("--padding", "--padding", "-1")]
    [InlineData("--padding", "--padding", "some")]
    [InlineData("--padding", "--padding", "1,1,1")]
    [InlineData("--op", "--op", "conv4d")]
    [InlineData("--convention", "--convention", "scipy")]
    [InlineData("--mode", "--mode", "full")]
    [InlineData("--kernel-size", "--kernel-size", "2")]
    [InlineData("--mode", "--op", "convolve", "--mode", "same")]
    [InlineData("--scale", "--op", "upsample_nearest2d", "--scale", "-2")]
    [InlineData("--dtype", "--dtype", "f3")]
    [InlineData("--padding", "--padding", "SAME")]
    [InlineData("--output", "--output", "y.jpg")]
    [InlineData("--output", "--output", "y.npz")]
    [InlineData("--output", "--output", ".npy")]
    [InlineData("--output", "--output", "y")]
    [InlineData("liveconv conv --help", "--nonsense")]
    public async Task Conv_WrongUse_SaysOneLineThatNamesItAndExits2(string named, params string[] arguments)
    {
        string input = Write("x.npy", [1, 2, 3, 4], [2, 2], "f4");

        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync(["conv", "--input", input, "--weight", input, "--output", At("y.npy"), .. arguments]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(named, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task Conv_FilesThatCannotBeUsed_SayOneLineAndExit1()
    {
        string input = Write("x.npy", [1, 2, 3, 4], [2, 2], "f4");
        string large = Write("k.npy", new double[9], [3, 3], "f4");
        byte[] whole = await File.ReadAllBytesAsync(input);
        await File.WriteAllBytesAsync(At("cut.npy"), whole[..^3]);
        await File.WriteAllTextAsync(At("text.npy"), "no array");
        string spoilt = Write("nan.npy", [1, 2, 3, double.NaN], [2, 2], "f4");
        foreach ((string from, string weight, string to, string says) in ((string, string, string, string)[])[
            (input, spoilt, At("y.npy"), "NaN at element 3"),
            (At("absent.npy"), large, At("y.npy"), "absent.npy"),
            (At("cut.npy"), large, At("y.npy"), "needs 16 bytes"),
            (At("text.npy"), large, At("y.npy"), "does not start with the signature of a .npy file"),
            (At("."), large, At("y.npy"), "it is a folder: name a file in it"),
            (input, large, At("y.npy"), "kernel 3 - 1"),
            (input, input, At("no/such/folder/y.npy"), "--output"),
        ])
        {
            LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("conv", "--input", from, "--weight", weight, "--output", to);

            Assert.True(ended.ExitCode == 1, ended.Error);
            Assert.Contains(says, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("i4", "i4", "<i8", 16777217, 20000001)]
    [InlineData("i8", "u1", "<i8", 9007199254740991, -3)]
    [InlineData("u2", "i1", "<i8", 65535, 2)]
    [InlineData("f4", "f4", "<f4", 0.5, 2)]
    [InlineData("f2", "f4", "<f4", 0.5, 2)]
    [InlineData("f8", "f8", "<f8", 1e300, 1.0 / 3)]
    [InlineData("f8", "i8", "<f8", 1e300, 1.0 / 3)]
    [InlineData("i4", "f4", "<f8", 16777217, 3)]
    public async Task Conv_NoType_KeepsEveryDigitOfTheInput(string input, string weight, string result, double first, double second)
    {
        string x = Write("x.npy", [first, second], [1, 2], input);
        string k = Write("k.npy", [1], [1, 1], weight);

        foreach (string op in (string[])["convolve2d", "conv2d", "convolve", "filter2d"])
        {
            LiveConvProcess.Ended ended =
                await LiveConvProcess.RunAsync("conv", "--op", op, "--input", x, "--weight", k, "--output", At("y.npy"));

            Assert.True(ended.ExitCode == 0, ended.Error);
            byte[] file = await File.ReadAllBytesAsync(At("y.npy"));
            Assert.Contains($"'descr': '{result}'", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
            Assert.Equal([first, second], NpyFile.Read(file).Values);
        }
    }

    [Theory]
    [InlineData("max_pool2d", "<i8")]
    [InlineData("avg_pool2d", "<f8")]
    public async Task Conv_IntegersPooled_StayIntegersOnlyWhereTheResultIs(string op, string result)
    {
        string x = Write("x.npy", [1, 2, 3, 5], [2, 2], "i2");

        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync("conv", "--op", op, "--kernel-size", "2", "--input", x, "--output", At("y.npy"));

        Assert.True(ended.ExitCode == 0, ended.Error);
        byte[] file = await File.ReadAllBytesAsync(At("y.npy"));
        Assert.Contains($"'descr': '{result}'", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
        Assert.Equal([op == "max_pool2d" ? 5 : 2.75], NpyFile.Read(file).Values);
    }

    [Theory]
    [InlineData()]
    [InlineData("--dtype", "i8")]
    public async Task Conv_SumsAbove53Bits_AreRefused(params string[] type)
    {
        string x = Write("x.npy", [1L << 53, 1], [1, 2], "i8");
        string k = Write("k.npy", [1, 1], [1, 2], "i8");

        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync(["conv", "--input", x, "--weight", k, "--output", At("y.npy"), .. type]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("above 2^53", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(At("y.npy")));
    }

    [Fact]
    public Task Conv_OtherFormats_SayWhatTheFileIs() => SaysAsync(
        ([.. "PK\x03\x04"u8], ".npz"),
        ([0, 0, 0, 32, .. "ftypisom"u8], "an MP4"),
        ([], "the file is empty"),
        ([.. "hello, world"u8], "signature of a .npy file"));

    [SkippableFact]
    public Task Conv_ImagesThatFFmpegCannotRead_SaySo()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is missing");
        return SaysAsync(
            ([0xFF, 0xD8, 0xFF, 0xE0], "damaged or cut off"),
            ([.. "GIF89a"u8], "damaged or cut off"),
            ([.. "RIFF1234WEBPVP8 "u8], "damaged or cut off"));
    }

    private async Task SaysAsync(params (byte[] Bytes, string Says)[] files)
    {
        string kernel = Write("k.npy", [1], [1, 1], "i2");
        foreach ((byte[] bytes, string says) in files)
        {
            await File.WriteAllBytesAsync(At("photo.png"), bytes);
            foreach (string[] command in (string[][])[
                ["conv", "--input", At("photo.png"), "--weight", kernel, "--output", At("y.npy")],
                ["explain", "--input", At("photo.png"), "--at", "0,0"],
                ["learn", "--input", At("photo.png"), "--target", At("photo.png")],
            ])
            {
                LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(command);

                Assert.True(ended.ExitCode == 1, ended.Error);
                Assert.Contains(says, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
            }
        }
    }

    private string[] Output => ["--output", At("y.npy")];

    private string At(string name) => Path.Combine(folder, name);

    private string Write(string name, double[] values, int[] shape, string type)
    {
        File.WriteAllBytes(At(name), NpyFile.Write(new NumberArray(values, shape), ElementType.All.First(t => t.Names.Contains(type))));
        return At(name);
    }
}

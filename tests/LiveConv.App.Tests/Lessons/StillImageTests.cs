using System.Diagnostics;

namespace LiveConv.App.Tests.Lessons;

/// <summary>explain, learn and conv work on the pixels that the live image and process have of the same file.</summary>
public sealed class StillImageTests : IDisposable
{
    private const int Width = 48;
    private const int Height = 32;
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-still-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableTheory]
    [InlineData("a.png", "gray")]
    [InlineData("a.png", "rgb24")]
    [InlineData("a.png", "rgba")]
    [InlineData("a.png", "ya8")]
    [InlineData("a.png", "gray16be")]
    [InlineData("a.png", "rgba64be")]
    [InlineData("a.pgm", "gray")]
    [InlineData("a.pgm", "gray16be")]
    [InlineData("a.pgm", "15")]
    public async Task Read_Image_HasThePixelsOfTheLiveImage(string name, string pixels)
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        string image = Path.Combine(folder, name);
        if (pixels == "15")
        {
            byte[] samples = [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i % 16))];
            File.WriteAllBytes(image, [.. System.Text.Encoding.ASCII.GetBytes($"P5\n{Width} {Height}\n15\n"), .. samples]);
        }
        else
        {
            string[] arguments =
                ["-v", "error", "-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:alpha=99", "-frames:v", "1", "-pix_fmt", pixels, image];
            using Process ffmpeg = Process.Start("ffmpeg", arguments);
            await ffmpeg.WaitForExitAsync();
        }

        byte[] explained = [.. StillImage.Read("--input", image).Values.Select(value => checked((byte)value))];

        byte[] processed = await RecordedAsync("process.y4m", "process", image, Path.Combine(folder, "process.y4m"));
        byte[] live =
            await RecordedAsync("live.y4m", "--source", image, "--view", "none", "--record", Path.Combine(folder, "live.y4m"));
        Assert.Equal(live, explained);
        Assert.Equal(live, processed);
        await AssertLearnHasAsync(live, image);
        if (pixels is "gray" or "rgb24" or "rgba" or "ya8")
        {
            await AssertConvHasAsync(live, image);
        }
    }

    [SkippableTheory]
    [InlineData("a.jpg", "yuvj420p")]
    [InlineData("a.jpg", "gray")]
    [InlineData("a.webp", "yuv420p")]
    [InlineData("a.webp", "bgra")]
    [InlineData("a.bmp", "bgr24")]
    [InlineData("a.tiff", "rgb48le")]
    [InlineData("a.gif", "rgb8")]
    [InlineData("a.ppm", "rgb24")]
    public async Task Read_OtherImages_HaveThePixelsOfTheLiveImage(string name, string pixels)
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        string image = Path.Combine(folder, name);
        string[] arguments =
            ["-v", "error", "-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:alpha=99", "-frames:v", "1", "-pix_fmt", pixels, image];
        using Process ffmpeg = Process.Start("ffmpeg", arguments);
        await ffmpeg.WaitForExitAsync();
        Skip.If(ffmpeg.ExitCode != 0 && name == "a.webp", "this ffmpeg cannot write WebP");

        byte[] explained = [.. StillImage.Read("--input", image).Values.Select(value => checked((byte)value))];

        byte[] processed = await RecordedAsync("process.y4m", "process", image, Path.Combine(folder, "process.y4m"));
        Assert.Equal(processed, explained);
        if (pixels is "yuvj420p" or "bgra")
        {
            // All formats are read by the same decoder: one without and one with alpha.
            await AssertLearnHasAsync(processed, image);
            await AssertConvHasAsync(processed, image);
        }
    }

    // JPEG data on a pipe: it cannot be read a second time, by FFmpeg.
    [SkippableFact]
    public async Task Explain_OtherImageFromAPipe_IsRefusedWithWhatToDo()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "there is no shell");
        using LiveConvProcess run = LiveConvProcess.Start(["explain", "--input", "-", "--at", "1,1"]);
        await run.WriteInputAsync([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. new byte[64]]);

        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("make a .png of it", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Read_ImageOfTooManyPixels_IsRefusedByItsHead()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        string image = Path.Combine(folder, "large.jpg");
        string[] arguments =
            ["-v", "error", "-f", "lavfi", "-i", "color=gray:s=9000x8000", "-frames:v", "1", "-pix_fmt", "gray", image];
        using Process ffmpeg = Process.Start("ffmpeg", arguments);
        await ffmpeg.WaitForExitAsync();

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("explain", "--input", image, "--at", "1,1");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("9000x8000 pixels", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Explain_ImageFromAPipe_IsThatOfTheFile()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "there is no shell");
        string image = Path.Combine(folder, "a.pgm");
        File.WriteAllText(image, "P2 3 3 15\n0 5 10 15 0 5 10 15 0\n");
        string[] explain = ["explain", "--preset", "sobel", "--at", "1,1", "--input"];

        LiveConvProcess.Ended file = await LiveConvProcess.RunAsync([.. explain, image]);
        string pipe = Path.Combine(folder, "pipe");
        using Process mkfifo = Process.Start("mkfifo", [pipe]);
        await mkfifo.WaitForExitAsync();
        using Process writer = Process.Start("/bin/sh", ["-c", $"cat '{image}' > '{pipe}'"]);
        LiveConvProcess.Ended piped = await LiveConvProcess.RunAsync([.. explain, pipe]);
        await writer.WaitForExitAsync();

        Assert.Equal((0, file.Output), (piped.ExitCode, piped.Output));
    }

    [Theory]
    [InlineData("a.jpg", "JPEG")]
    [InlineData("a.webp", "WebP")]
    public async Task Explain_DamagedImage_IsOneLine(string name, string kind)
    {
        byte[] start = kind == "JPEG" ? [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] : "RIFF\u0004\0\0\0WEBPVP8 "u8.ToArray();
        string image = Path.Combine(folder, name);
        File.WriteAllBytes(image, [.. start, .. new byte[64]]);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("explain", "--input", image, "--at", "1,1");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(image, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    private async Task AssertLearnHasAsync(byte[] live, string image)
    {
        string target = Array(live, "target.npy", Height, Width);
        string kernel = Path.Combine(folder, "learned.npy");
        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync("learn", "--input", image, "--target", target, "--size", "1x1", "--output", kernel);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(1, Assert.Single(NpyFile.Read(File.ReadAllBytes(kernel)).Values), 1e-6);
    }

    private async Task AssertConvHasAsync(byte[] live, string image)
    {
        string result = Path.Combine(folder, "same.npy");
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "conv", "--op", "correlate2d", "--mode", "same", "--input", image, "--weight", Array([1], "one.npy", 1, 1), "--output", result);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(live, NpyFile.Read(File.ReadAllBytes(result)).Values.Select(value => checked((byte)value)));
    }

    private string Array(byte[] values, string name, int height, int width)
    {
        string path = Path.Combine(folder, name);
        var array = new NumberArray([.. values.Select(value => (double)value)], [height, width]);
        File.WriteAllBytes(path, NpyFile.Write(array, ElementType.UInt8));
        return path;
    }

    private async Task<byte[]> RecordedAsync(string name, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync([.. arguments, "--record-what", "camera"]);
        Assert.True(ended.ExitCode == 0, ended.Error);
        byte[] video = File.ReadAllBytes(Path.Combine(folder, name));
        int first = video.AsSpan().IndexOf("FRAME\n"u8) + "FRAME\n".Length;
        return video[first..(first + Width * Height)];
    }
}

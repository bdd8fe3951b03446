using LiveConv.Convolution;

namespace LiveConv.App.Tests.Lessons;

public sealed class ExplainTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-explain-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Explain_Preset_ShowsWindowKernelProductsSumAndPixel()
    {
        string image = Save("a.png", new NumberArray([10, 20, 40, 10, 20, 40, 10, 20, 40], [3, 3]));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("explain", "--input", image, "--preset", "seed", "--at", "1,1");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("10 20 40", ended.Output, StringComparison.Ordinal);
        Assert.Contains("sum of the products = -90", ended.Output, StringComparison.Ordinal);
        Assert.Contains("|-90| = 90", ended.Output, StringComparison.Ordinal);
        Assert.All(ended.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData(1, "--at", "3,0")]
    [InlineData(2, "--at", "x")]
    [InlineData(2, "--at", "1,1", "--stride", "2")]
    [InlineData(2, "--at", "1,1", "--preset", "canny", "--layer", "7")]
    [InlineData(2, "--at", "1,1", "--preset", "canny", "--map", "9")]
    [InlineData(2, "--at", "1,1", "--layer", "0")]
    [InlineData(2, "--at", "1,1", "--preset", "nope")]
    [InlineData(2, "--at", "1,1", "--weight", "k.npy", "--presets", "here")]
    public async Task Explain_WrongUse_IsOneLine(int exitCode, params string[] arguments)
    {
        string image = Save("a.pgm", new NumberArray([10, 20, 40, 10, 20, 40, 10, 20, 40], [3, 3]));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(["explain", "--input", image, .. arguments]);

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Single(ended.ErrorLines);
    }

    [Fact]
    public void Window_AtTheCorner_TakesWhatTheBorderSays()
    {
        var image = new NumberArray([1, 2, 3, 4], [2, 2]);
        var ones = new Kernel(new float[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } });

        Assert.Equal(10, new ImageWindow(image, ones, -1, -1, BorderMode.Zero).Sum);
        Assert.Equal(1 + 1 + 2 + 1 + 1 + 2 + 3 + 3 + 4, new ImageWindow(image, ones, -1, -1, BorderMode.Replicate).Sum);
        Assert.Equal(4 + 3 + 4 + 2 + 1 + 2 + 4 + 3 + 4, new ImageWindow(image, ones, -1, -1, BorderMode.Mirror).Sum);
    }

    [Theory]
    [InlineData(BorderMode.Zero)]
    [InlineData(BorderMode.Mirror)]
    [InlineData(BorderMode.Wrap)]
    public void IsInside_WindowOnTheCorner_IsFalseOutsideTheImage(BorderMode border)
    {
        var window = new ImageWindow(new NumberArray([1, 2, 3, 4], [2, 2]), new Kernel(new float[3, 3]), -1, -1, border);

        Assert.False(window.IsInside(0, 0));
        Assert.False(window.IsInside(0, 1));
        Assert.False(window.IsInside(1, 0));
        Assert.True(window.IsInside(1, 1));
    }

    [Fact]
    public async Task Explain_TheLessonsFirstExample_PrintsWhatTheLessonShows()
    {
        string[] lesson = await File.ReadAllLinesAsync(RepositoryFiles.PathOf("docs", "convolution.md"));
        int first = Array.FindIndex(lesson, line => line.StartsWith("    $ liveconv explain", StringComparison.Ordinal));
        string[] arguments = lesson[first].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        int image = Array.IndexOf(arguments, "--input") + 1;
        arguments[image] = RepositoryFiles.PathOf(arguments[image].Split('/'));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);

        string[] shown = [.. lesson[(first + 1)..].TakeWhile(line => line != "    …").Select(line => line.Length > 4 ? line[4..] : "")];
        Assert.InRange(shown.Length, 5, 15);
        Assert.Equal(shown, ended.Output.ReplaceLineEndings("\n").Split('\n')[..shown.Length]);
    }

    [Fact]
    public void Of_SmallWeights_ShowsTheirDigitsAndNoRounding()
    {
        var kernel = new Kernel(new float[,] { { 0.00001234f, 0.3f, -0.2f, -0.1f } });
        var small = new ImageWindow(new NumberArray([200, 0, 0, 0], [1, 4]), kernel, 0, 0, BorderMode.Zero);
        var cancelled = new ImageWindow(new NumberArray([0, 200, 200, 200], [1, 4]), kernel, 0, 0, BorderMode.Zero);

        Assert.Contains("1.234E-05", ExplainTable.Of(small, kernel, 80), StringComparison.Ordinal);
        Assert.EndsWith("sum of the products = 0.002468", ExplainTable.Of(small, kernel, 80), StringComparison.Ordinal);
        Assert.EndsWith("sum of the products = 0", ExplainTable.Of(cancelled, kernel, 80), StringComparison.Ordinal);
        Assert.DoesNotContain("-0\n", ExplainTable.Of(small, kernel, 80), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_KernelWiderThanTheTerminal_LeavesOutTheMiddle()
    {
        var kernel = new Kernel(new float[31, 31]);
        var window = new ImageWindow(new NumberArray(new double[62 * 62], [62, 62]), kernel, 0, 0, BorderMode.Zero);

        string[] lines = ExplainTable.Of(window, kernel, 40).Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= 40, line));
        Assert.Contains(lines, line => line.Contains('…', StringComparison.Ordinal));
    }

    private string Save(string name, NumberArray image)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, name.EndsWith("png", StringComparison.Ordinal) ? PngFile.Write(image) : PgmFile.Write(image));
        return path;
    }
}

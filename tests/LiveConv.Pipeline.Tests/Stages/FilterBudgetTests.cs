using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;
using LiveConv.Tests;

namespace LiveConv.Pipeline.Tests.Stages;

public sealed class FilterBudgetTests : IDisposable
{
    private static readonly ImageSize FullHd = new(1920, 1080);
    private readonly WorkerPool workers = new(2);
    private readonly List<string> reported = [];
    private readonly FilterBudget budget;

    public FilterBudgetTests()
    {
        var notices = new Notices();
        notices.Posted += notice => reported.Add(notice.Text);
        budget = new FilterBudget(new FilterCost(workers), notices, TimeSpan.FromMilliseconds(100));
    }

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))];

    public void Dispose() => workers.Dispose();

    [Fact]
    public void Begin_PresetThatTakesSeconds_IsReportedOnceBeforeItRuns()
    {
        budget.Begin(Slow.Preset, new ImageSize(3840, 2160));
        budget.Begin(Slow.Preset, new ImageSize(3840, 2160));
        for (int i = 0; i < 5; i++)
        {
            budget.End(TimeSpan.FromSeconds(9));
        }

        Assert.Matches(@"^preset slow will take about [\d.]+ s for an image of 3840x2160: at most one image in [\d.]+ s can be shown$",
            Assert.Single(reported));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Begin_ShippedPreset_IsNotReported(string name)
    {
        budget.Begin(PresetFile.Read(Path.Combine(RepositoryFiles.PathOf("presets"), name + ".json")), FullHd);

        Assert.Empty(reported);
    }

    [Fact]
    public void End_ThreeSlowImages_AreReportedWithTheirTime()
    {
        budget.Begin(Preset.Seed, FullHd);
        foreach (int milliseconds in (int[])[150, 150, 90, 150, 150, 200, 150])
        {
            budget.End(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal(["preset seed takes 200 ms for an image of 1920x1080: at most 5.0 images a second can be shown"], reported);
    }

    [Fact]
    public void Products_SeparableAndStridedKernels_CountForLess()
    {
        var square = new float[9, 9];
        var random = new float[9, 9];
        for (int i = 0; i < 81; i++)
        {
            square[i / 9, i % 9] = 1;
            random[i / 9, i % 9] = (i * 37 % 19) - 9;
        }

        Assert.InRange(FilterCost.Products(Layer(square, 1), FullHd) / FilterCost.Products(Layer(random, 1), FullHd), 0.1, 0.4);
        Assert.InRange(FilterCost.Products(Layer(random, 4), FullHd) / FilterCost.Products(Layer(random, 1), FullHd), 0.05, 0.1);
    }

    private static Preset Layer(float[,] weights, int stride)
    {
        LayerFilter filter = new([new KernelTerm(0, new Kernel(weights))]);
        return new Preset("p", "p", new LayerStack([new StackLayer { Filters = [filter, filter], Stride = stride }], new(0, 0), new(0, 1)));
    }
}

using LiveConv.Convolution;

namespace LiveConv.Presets.Tests;

public class PresetTests
{
    [Fact]
    public void Seed_Kernels_AreTheLessonsPair()
    {
        ReadOnlySpan<Filter> filters = Preset.Seed.Bank!.Filters;

        Assert.Equal([1, 0, -1, 1, 0, -1, 1, 0, -1], filters[0].Kernel.Weights.ToArray());
        Assert.Equal([1, 1, 1, 0, 0, 0, -1, -1, -1], filters[1].Kernel.Weights.ToArray());
    }

    [Fact]
    public void Constructor_BankOfOneFilter_IsRefused()
    {
        var bank = new FilterBank(Operation.Correlation, BorderMode.Zero, new Filter(new Kernel(new float[,] { { 1 } })));

        Assert.Throws<ArgumentException>("bank", () => new Preset("one", "One", bank));
    }
}

using System.Text.Json;
using LiveConv.Tests;

namespace LiveConv.Convolution.Tests;

public class KnownKernelsTests
{
    public static TheoryData<string, string, string> Presets => new()
    {
        { "sobel", "SobelX", "SobelY" },
        { "scharr", "ScharrX", "ScharrY" },
        { "prewitt", "PrewittX", "PrewittY" },
        { "roberts", "RobertsDiagonal", "RobertsAntidiagonal" },
        { "laplacian8", "Laplacian", "Laplacian8" },
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public void Kernel_ByName_IsThePresets(string preset, string vertical, string horizontal)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("presets", preset + ".json")));

        Assert.Equal(WeightsOf(file, "vertical"), Named(vertical).Weights.ToArray());
        Assert.Equal(WeightsOf(file, "horizontal"), Named(horizontal).Weights.ToArray());
    }

    [Theory]
    [InlineData("sharpen", "Sharpen")]
    [InlineData("emboss", "Emboss")]
    public void Kernel_ByName_IsThePresetsFirst(string preset, string name)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("presets", preset + ".json")));

        Assert.Equal(WeightsOf(file, "vertical"), Named(name).Weights.ToArray());
    }

    [Fact]
    public void SobelX_ImageThatGrowsBrighterToTheRight_IsPositive()
    {
        // (1 + 2 + 1) * 20 and (3 + 10 + 3) * 20, the sign that cv2.Sobel(dx=1) and cv2.Scharr(dx=1) have.
        using Plane<byte> ramp = Planes.From(new byte[,] { { 0, 10, 20 }, { 0, 10, 20 }, { 0, 10, 20 } });
        using var sobel = new Plane<short>(3, 3);
        using var scharr = new Plane<short>(3, 3);

        new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(KnownKernels.SobelX), new Filter(KnownKernels.ScharrX)).Apply(
            ramp, sobel, scharr);

        Assert.Equal((80, 320), (sobel.Row(1)[1], scharr.Row(1)[1]));
    }

    [Fact]
    public void Gaussian_SizeAndSigma_IsOpenCvsFactors()
    {
        // The documented formula of cv2.getGaussianKernel(5, 1): 0.05448868 0.24420134 0.40261995 0.24420134 0.05448868.
        float[] factors = [0.05448868f, 0.24420134f, 0.40261995f, 0.24420134f, 0.05448868f];

        Kernel kernel = KnownKernels.Gaussian(5, 1);

        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(factors[i / 5] * factors[i % 5], kernel.Weights[i], 1e-7f);
        }

        Assert.True(kernel.IsSymmetric);
        Assert.Throws<ArgumentException>("size", () => KnownKernels.Gaussian(4, 1));
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => KnownKernels.Gaussian(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => KnownKernels.Gaussian(3, float.NaN));
    }

    [Fact]
    public void Box_Mean_IsTheImageWhereItIsFlat()
    {
        using var input = new Plane<byte>(9, 9);
        input.View.Fill(200);
        using var map = new Plane<byte>(9, 9);

        new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(KnownKernels.Box(5, 3), Gain: 1f / 15)).Apply(input, map);

        Assert.False(map.Row(4).ContainsAnyExcept((byte)200));
    }

    [Fact]
    public void Upright_Convolution_IsTheKernelTurnedBy180Degrees()
    {
        Assert.Equal(
            KnownKernels.SobelX.Rotate180().Weights.ToArray(), KnownKernels.SobelX.Upright(Operation.Convolution).Weights.ToArray());
        Assert.Same(KnownKernels.SobelX, KnownKernels.SobelX.Upright(Operation.Correlation));
        Assert.Throws<ArgumentOutOfRangeException>("operation", () => KnownKernels.SobelX.Upright((Operation)7));
    }

    [Fact]
    public void IsCentred_AnchorMoved_IsFalse()
    {
        Assert.True(KnownKernels.RobertsDiagonal.IsCentred);
        Assert.False(KnownKernels.RobertsDiagonal.WithAnchor(0, 0).IsCentred);
    }

    private static Kernel Named(string name) => (Kernel)typeof(KnownKernels).GetProperty(name)!.GetValue(null)!;

    private static float[] WeightsOf(JsonDocument file, string map) =>
        [.. file.RootElement.GetProperty(map).EnumerateArray()
            .SelectMany(row => row.EnumerateArray()).Select(weight => weight.GetSingle())];
}

using System.Text.Json;
using LiveConv.Convolution;

namespace LiveConv.Presets.Tests.Text;

public class KernelRoundTripTests
{
    private static readonly (string File, Kernel Kernel)[] Shipped =
        [.. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Order(StringComparer.Ordinal).SelectMany(KernelsOf)];

    public static TheoryData<KernelDialect> Dialects => [.. Enum.GetValues<KernelDialect>()];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void WriteAndRead_EveryShippedKernel_GivesItBack(KernelDialect dialect)
    {
        int written = 0;
        foreach ((string file, Kernel kernel) in Shipped)
        {
            if (dialect == KernelDialect.FFmpeg && !FitsFFmpeg(kernel))
            {
                Assert.Throws<KernelTextException>(() => KernelText.Write(kernel, dialect));
                continue;
            }

            string text = KernelText.Write(kernel, dialect);
            KernelTextResult result = KernelText.Read(text);

            Kernel back = Assert.Single(result.Upright());
            Assert.True(
                (kernel.Width, kernel.Height) == (back.Width, back.Height) && kernel.Weights.SequenceEqual(back.Weights),
                $"{file}: {text}");
            Assert.Equal(1, result.Gain);
            Assert.Equal(Stated(dialect), result.Operation);
            written++;
        }

        Assert.True(written > 25, $"{written} kernels only");
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Write_AConvolution_IsReadAsTheSameSums(KernelDialect dialect)
    {
        Kernel kernel = new float[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };

        Kernel back = KernelText.Read(KernelText.Write(kernel, dialect, Operation.Convolution)).Upright()[0];

        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1], back.Weights.ToArray());
    }

    [Fact]
    public void Write_ImageMagick_KeepsTheAnchor()
    {
        Kernel kernel = new Kernel(new float[,] { { 1.5f, 0 }, { -2, 3 }, { 4, 5 } }).WithAnchor(1, 2);

        Kernel back = KernelText.Read(KernelText.Write(kernel, KernelDialect.ImageMagick)).Upright()[0];

        Assert.Equal(kernel.Weights.ToArray(), back.Weights.ToArray());
        Assert.Equal((1, 2), (back.AnchorX, back.AnchorY));
    }

    [Theory]
    [InlineData(Response.Abs, 0.5f, "abs((val-32768)*0.5)", 1)]
    [InlineData(Response.Offset128, 1f, "max(0,(val-32768)*1+128)", 1)]
    [InlineData(Response.Negative, 1f, "max(0,-(val-32768)*1)", 1)]
    [InlineData(Response.Positive, -2f, "max(0,(val-32768)*2)", -1)]
    public void Write_FFmpeg_HasGainAndResponseAndReadsBack(Response response, float gain, string pixel, float sign)
    {
        string text = KernelText.Write(new float[,] { { 1, 0, -1 } }, KernelDialect.FFmpeg, response: response, gain: gain);

        KernelTextResult back = KernelText.Read(text);

        Assert.Contains(pixel, text, StringComparison.Ordinal);
        Assert.Equal((response, Math.Abs(gain)), (back.Response, back.Gain));
        Assert.Equal([sign, 0, -sign], Assert.Single(back.Kernels).Weights.ToArray());
        Assert.Empty(back.Notices);
    }

    // The sum of the weights is what the filter divides by; a negative one turns the sign.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(-3)]
    public void Write_FFmpegOfAnySum_ReadsBack(float centre)
    {
        Kernel kernel = new float[,] { { 0, -1, 0 }, { 1, centre, 1 }, { 0, -1, 0 } };

        KernelTextResult back = KernelText.Read(KernelText.Write(kernel, KernelDialect.FFmpeg, gain: 0.3f));

        Assert.Equal(kernel.Weights.ToArray(), Assert.Single(back.Kernels).Weights.ToArray());
        Assert.Equal(0.3f, back.Gain);
    }

    [Fact]
    public void Write_FFmpegBeyondItsSixteenBits_IsRefused()
    {
        Kernel kernel = new float[,] { { 900, 0, -900 } };

        Assert.Throws<KernelTextException>(() => KernelText.Write(kernel, KernelDialect.FFmpeg, gain: 1e-3f));
    }

    [Theory]
    [InlineData(KernelDialect.Numbers, "1 0 -1\n0.5 2 1E-05")]
    [InlineData(KernelDialect.List, "[[1, 0, -1], [0.5, 2, 1E-05]]")]
    [InlineData(KernelDialect.Numpy, "kernel = np.array([[1, 0, -1], [0.5, 2, 1E-05]], dtype=np.float32)")]
    [InlineData(KernelDialect.Matlab, "kernel = [1 0 -1; 0.5 2 1E-05];")]
    [InlineData(KernelDialect.OpenCv, "cv::Mat kernel = (cv::Mat_<float>(2, 3) << 1, 0, -1, 0.5, 2, 1E-05);")]
    [InlineData(KernelDialect.C, "float kernel[2][3] = {{1, 0, -1}, {0.5, 2, 1E-05}};")]
    [InlineData(KernelDialect.ImageMagick, "3x2+1+0: 1E-05,2,0.5 -1,0,1")]
    public void Write_Rows_AreInTheProgramsWords(KernelDialect dialect, string text) =>
        Assert.Equal(text, KernelText.Write(new float[,] { { 1, 0, -1 }, { 0.5f, 2, 1e-5f } }, dialect));

    [Theory]
    [InlineData(KernelDialect.List, "[[0.04, -0.04]]")]
    [InlineData(KernelDialect.Numbers, "0.04 -0.04")]
    [InlineData(KernelDialect.Numpy, "kernel = np.array([[1, -1]], dtype=np.float32) / 25")]
    [InlineData(KernelDialect.Matlab, "kernel = [1 -1] / 25;")]
    [InlineData(KernelDialect.OpenCv, "cv::Mat kernel = (cv::Mat_<float>(1, 2) << 1, -1) / 25;")]
    [InlineData(KernelDialect.C, "float kernel[1][2] = {{0.04, -0.04}};")]
    [InlineData(KernelDialect.ImageMagick, "2x1+0+0: -0.04,0.04")]
    public void Write_AGain_IsInTheTextAndBackWhenItIsRead(KernelDialect dialect, string text)
    {
        Kernel kernel = new float[,] { { 1, -1 } };

        string written = KernelText.Write(kernel, dialect, gain: 0.04f);
        KernelTextResult back = KernelText.Read(written);

        Assert.Equal(text, written);
        Assert.Equal([0.04f, -0.04f], back.Upright()[0].Scale(back.Gain).Weights.ToArray());
    }

    [Theory]
    [InlineData(1 / 3f, " / 3")]
    [InlineData(-0.25f, " / -4")]
    [InlineData(3f, " * 3")]
    [InlineData(0.3f, " * 0.3")]
    [InlineData(0f, " * 0")]
    public void Write_Numpy_DividesWhereTheGainIsADivision(float gain, string factor) =>
        Assert.EndsWith(
            $"float32){factor}", KernelText.Write(new float[,] { { 1 } }, KernelDialect.Numpy, gain: gain), StringComparison.Ordinal);

    [Fact]
    public void Write_AGainThatMakesWeightsInfinite_IsRefused() =>
        Assert.Throws<KernelTextException>(() => KernelText.Write(new float[,] { { 2 } }, KernelDialect.List, gain: float.MaxValue));

    [Theory]
    [InlineData(KernelDialect.List)]
    [InlineData(KernelDialect.Numpy)]
    [InlineData(KernelDialect.Matlab)]
    [InlineData(KernelDialect.OpenCv)]
    [InlineData(KernelDialect.C)]
    [InlineData(KernelDialect.FFmpeg)]
    public void Read_PairAsPresetExportWritesIt_IsThePairInItsOrder(KernelDialect dialect)
    {
        Kernel[] pair =
        [
            new float[,] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } },
            new float[,] { { 1, 2, 3 }, { 0, 0, 0 }, { -1, -2, -1 } },
        ];
        string vertical = KernelText.Write(pair[0], dialect, name: "vertical");
        string horizontal = KernelText.Write(pair[1], dialect, name: "horizontal");

        KernelTextResult back = KernelText.Read($"{vertical}\n{horizontal}\n");

        Assert.Equal(
            pair.Select(kernel => kernel.Weights.ToArray()), back.Upright().Select(kernel => kernel.Weights.ToArray()));
    }

    private static Operation? Stated(KernelDialect dialect) => dialect switch
    {
        KernelDialect.ImageMagick => Operation.Convolution,
        KernelDialect.FFmpeg or KernelDialect.OpenCv => Operation.Correlation,
        _ => null,
    };

    private static bool FitsFFmpeg(Kernel kernel) => kernel.IsInteger
        && ((kernel.Width == kernel.Height && kernel.Width is 3 or 5 or 7)
            || ((kernel.Width == 1 || kernel.Height == 1) && kernel.Weights.Length % 2 == 1));

    private static IEnumerable<(string File, Kernel Kernel)> KernelsOf(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. RowsIn(document.RootElement).Select(rows => (Path.GetFileName(file), rows))];
    }

    private static bool IsListOf(JsonElement element, Func<JsonElement, bool> isElement) =>
        element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(isElement);

    // Every list of lists of numbers, wherever a preset has it.
    private static List<Kernel> RowsIn(JsonElement element)
    {
        if (IsListOf(element, row => IsListOf(row, weight => weight.ValueKind == JsonValueKind.Number)))
        {
            float[][] rows = [.. element.EnumerateArray().Select(row => row.EnumerateArray().Select(w => w.GetSingle()).ToArray())];
            return [new Kernel([.. rows.SelectMany(row => row)], rows[0].Length, rows.Length)];
        }

        return element.ValueKind switch
        {
            JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(RowsIn)],
            JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(member => RowsIn(member.Value))],
            _ => [],
        };
    }
}

using LiveConv.Convolution;

namespace LiveConv.Presets.Tests.Text;

public class KernelTextTests
{
    [Theory]
    [MemberData(nameof(KernelTextList.Read), MemberType = typeof(KernelTextList))]
    public void Read_TextOfTheList_MeansWhatTheListSays(string text)
    {
        KernelTextEntry entry = KernelTextList.Of(text);

        KernelTextResult result = KernelText.Read(text);

        Assert.Equal(entry.Dialect, result.Dialect.ToString(), ignoreCase: true);
        Assert.Equal(entry.Operation, result.Operation?.ToString(), ignoreCase: true);
        Assert.Equal(entry.Kernels.Length, result.Kernels.Count);
        Assert.All(entry.Kernels.Zip(result.Kernels), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal((float)entry.Gain, result.Gain);
        Assert.Equal((float)entry.Bias, result.Bias);
        Assert.True(entry.Response is null || entry.Response.Equals(result.Response.ToString(), StringComparison.OrdinalIgnoreCase));
        Assert.True(entry.Merge.Length == 0 || entry.Merge.Equals(result.Merge.ToString(), StringComparison.OrdinalIgnoreCase));
        Assert.True(
            entry.Notice is null || NoticesOf(result).Any(notice => notice.Contains(entry.Notice, StringComparison.Ordinal)),
            string.Join('\n', NoticesOf(result)));
        Assert.All(
            entry.Anchors is null ? [] : entry.Anchors.Zip(result.Kernels),
            pair => Assert.Equal((pair.First[0], pair.First[1]), (pair.Second.AnchorX, pair.Second.AnchorY)));
    }

    private static IEnumerable<string> NoticesOf(KernelTextResult result) =>
        result.OperationNotice is { } notice ? [notice, .. result.Notices] : result.Notices;

    [Theory]
    [MemberData(nameof(KernelTextList.Refused), MemberType = typeof(KernelTextList))]
    public void Read_TextThatTheListRefuses_IsRefusedInOneLine(string text)
    {
        var exception = Assert.Throws<KernelTextException>(() => KernelText.Read(text));

        Assert.Contains(KernelTextList.Of(text).Refused!, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void List_TextsOfAllDialects_AreMoreThan120() =>
        Assert.True(KernelTextList.Entries.Count >= 120
        && KernelTextList.Entries.Select(entry => entry.Dialect).Distinct().Count() > 8);

    [Theory]
    [InlineData("1 0 -1 1 0 -1 1 0 -1", KernelDialect.ImageMagick, Operation.Convolution)]
    [InlineData("1 0 -1 1 0 -1 1 0 -1", KernelDialect.FFmpeg, Operation.Correlation)]
    public void Read_NumbersOfOneProgram_HaveItsOperation(string text, KernelDialect dialect, Operation operation) =>
        Assert.Equal(operation, KernelText.Read(text, dialect).Operation);

    [Fact]
    public void Read_NumbersAloneAsFFmpeg_AreDividedByTheirSum() =>
        Assert.Equal(1 / 9f, KernelText.Read("1 1 1 1 1 1 1 1 1", KernelDialect.FFmpeg).Gain);

    [Fact]
    public void Read_TooLong_IsRefused()
    {
        var exception = Assert.Throws<KernelTextException>(() => KernelText.Read(new string('1', KernelText.MaxLength + 1)));

        Assert.Contains("65537 characters", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BadWordOnTheThirdLine_ReportsLineAndColumn()
    {
        var exception = Assert.Throws<KernelTextException>(() => KernelText.Read("np.array([[1, 0],\n  [2, 0],\n  [1, ?]])"));

        Assert.Equal((3, 7), (exception.Line, exception.Column));
        Assert.StartsWith("line 3, column 7: \"?\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Upright_OfAConvolution_IsTurned()
    {
        KernelTextResult result = KernelText.Read("3x1+0+0: 1,2,3");

        Assert.Equal([3, 2, 1], result.Upright()[0].Weights.ToArray());
        Assert.Equal(2, result.Upright()[0].AnchorX);
    }

    [Fact]
    public void Scaled_OfANinth_HasItInItsWeights() =>
        Assert.All(KernelText.Read("np.ones((3,3))/9").Kernels[0].Weights.ToArray(), weight => Assert.Equal(1, weight));

    private static void AssertSame(double[][] expected, Kernel actual)
    {
        Assert.Equal((expected[0].Length, expected.Length), (actual.Width, actual.Height));
        Assert.All(expected.SelectMany(row => row).Zip(actual.Weights.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 6));
    }
}

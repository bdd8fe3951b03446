using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page.Tests;

/// <summary>The page's paste box reads texts as every other door does.</summary>
public sealed class KernelTextMessageTests
{
    public static TheoryData<string> Read => KernelTextList.Read;

    public static TheoryData<string> Refused => KernelTextList.Refused;

    [Theory]
    [MemberData(nameof(Read))]
    public void Text_OfTheCommonList_MeansWhatTheGrammarSays(string text)
    {
        KernelTextResult expected = KernelText.Read(text);
        foreach (Operation operation in Enum.GetValues<Operation>())
        {
            KernelTextMessage answer = Ask(text, operation);

            Assert.Null(answer.Refused);
            Assert.Equal(
                (expected.Dialect, expected.Operation, expected.Gain, expected.Bias, expected.Response, expected.Border),
                (answer.Dialect, answer.Operation, answer.Gain, answer.Bias, answer.Response, answer.Border));
            Assert.Equal(expected.Notices, answer.Notices.Take(expected.Notices.Count));
            IEnumerable<Kernel> kernels = expected.AssumedOperation == operation
                ? expected.Kernels
                : expected.Kernels.Select(kernel => kernel.Rotate180());
            kernels = kernels.Select(kernel => kernel.Scale(expected.Gain));
            Assert.Equal(kernels.Select(Describe), answer.Kernels.Select(Describe));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Text_OfTheCommonList_IsRefusedInTheGrammarsLine(string text)
    {
        KernelTextMessage answer = Ask(text, Operation.Correlation);

        Assert.Equal(Assert.Throws<KernelTextException>(() => KernelText.Read(text)).Message, answer.Refused);
        Assert.Empty(answer.Kernels);
    }

    [Theory]
    [InlineData("convolution=0m='0 1 0 1 -4 1 0 1 0':0rdiv=1:0bias=50", "adds 50 to the pixels", "response positive")]
    [InlineData("convolution=0m='0 1 0 1 -4 1 0 1 0':0rdiv=1:0bias=128", "response offset128", null)]
    [InlineData("sobel=scale=1", "holds 2 kernels and merges their maps (magnitude)", "response positive")]
    [InlineData("Sobel:0", "border replicate", null)]
    [InlineData("3x1: 1,2,3; 3x1: 4,5,6", "holds 2 kernels; this is the first", null)]
    [InlineData("1 2 3 4", "numbers alone state no operation", null)]
    public void Text_StatingMoreThanAGridHolds_IsNotTakenWithoutANotice(string text, string notice, string? second)
    {
        IReadOnlyList<string> notices = Ask(text, Operation.Correlation).Notices;

        Assert.Contains(notices, line => line.Contains(notice, StringComparison.Ordinal));
        Assert.Contains(notices, line => line.Contains(second ?? notice, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_StatingWhatThePageDoesAnyway_HasNoNotice() =>
        Assert.Empty(KernelTexts.Answer(new KernelTextRequest(
            0,
            "convolution=0m='0 1 0 1 -4 1 0 1 0':0rdiv=1:0bias=128",
            Operation.Correlation,
            Response.Offset128,
            BorderMode.Mirror)).Notices);

    [Theory]
    [InlineData("imageMagick", "correlation", "3x2+2+0: 6,5,4 3,2,1")]
    [InlineData("imageMagick", "convolution", "3x2+0+1: 1,2,3 4,5,6")]
    [InlineData("list", "convolution", "[[6, 5, 4], [3, 2, 1]]")]
    [InlineData("openCv", "convolution", "cv::Mat kernel = (cv::Mat_<float>(2, 3) << 6, 5, 4, 3, 2, 1);")]
    [InlineData("numpy", "correlation", "kernel = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float32)")]
    public void Kernel_Copied_IsTheProgramsTextForTheSameSums(string dialect, string operation, string expected)
    {
        KernelCopyMessage answer = Copy(dialect, "[[1,2,3],[4,5,6]]", """{"x":0,"y":1}""", operation);

        Assert.Equal((expected, null), (answer.Text, answer.Refused));
    }

    [Fact]
    public void Kernel_CopiedForAProgramThatCannotHoldIt_IsRefused()
    {
        KernelCopyMessage answer = Copy("ffmpeg", "[[1,2],[3,4]]", "null", "correlation");

        Assert.Null(answer.Text);
        Assert.Contains("FFmpeg", answer.Refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "null")]
    [InlineData("[[]]", "null")]
    [InlineData("null", "null")]
    [InlineData("[[1],[2,3]]", "null")]
    [InlineData("[[1],null]", "null")]
    [InlineData("[[1]]", """{"x":1,"y":0}""")]
    public void KernelCopy_WithoutAKernel_IsNoMessageOfTheProtocol(string weights, string anchor) =>
        Assert.Throws<FormatException>(() => Copy("list", weights, anchor, "correlation"));

    [Theory]
    [InlineData("""{"kernelText":{"map":2,"text":"1","operation":"correlation","response":"abs","border":"mirror"}}""")]
    [InlineData("""{"kernelText":{"map":0,"text":null,"operation":"correlation","response":"abs","border":"mirror"}}""")]
    [InlineData("""{"kernelText":{"map":0,"text":"1","operation":"turned","response":"abs","border":"mirror"}}""")]
    [InlineData("""{"kernelText":{"map":0,"text":"1","operation":"correlation"}}""")]
    public void KernelText_WithoutItsMembers_IsNoMessageOfTheProtocol(string message) =>
        Assert.Throws<FormatException>(() => KernelTextRequest.Read(BodyOf(message)));

    private static byte[] BodyOf(string message) => Inbound.Read(System.Text.Encoding.UTF8.GetBytes(message)).Body.ToArray();

    private static KernelTextMessage Ask(string text, Operation operation)
    {
        string name = JsonNamingPolicy.CamelCase.ConvertName(operation.ToString());
        string message = $$$"""
            {"kernelText":{"map":1,"text":{{{JsonSerializer.Serialize(text)}}},"operation":"{{{name}}}","response":"abs","border":"mirror"}}
            """;
        KernelTextMessage answer = KernelTexts.Answer(KernelTextRequest.Read(BodyOf(message)));
        Assert.Equal(1, answer.Map);
        return answer;
    }

    private static KernelCopyMessage Copy(string dialect, string weights, string anchor, string operation) =>
        KernelTexts.Answer(KernelCopyRequest.Read(BodyOf(
            $$$"""
            {"kernelCopy":{"map":0,"dialect":"{{{dialect}}}","weights":{{{weights}}},"anchor":{{{anchor}}},
            "operation":"{{{operation}}}","response":"abs","gain":1}}
            """)));

    private static string Describe(Kernel kernel) => Describe(WrittenKernel.Of(kernel));

    private static string Describe(WrittenKernel kernel) => JsonSerializer.Serialize(kernel);
}

using System.Text;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.App.Tests.Lessons;

public class KernelTextTests
{
    [Theory]
    [InlineData("1,0,-1 1,0,-1 1,0,-1", 3, 3, 1, 1)]
    [InlineData("3x3: 1,0,-1 1,0,-1 1,0,-1", 3, 3, 1, 1)]
    [InlineData("3: 1 0 -1, 1 0 -1, 1 0 -1", 3, 3, 1, 1)]
    [InlineData("3x1: 1,0,-1", 3, 1, 1, 0)]
    [InlineData("2x2: 1,0 0,-1", 2, 2, 0, 0)]
    [InlineData("3x1+2+0: 1,0,-1", 3, 1, 2, 0)]
    public void ImageMagick_Text_IsReadWithItsOrigin(string text, int width, int height, int x, int y)
    {
        Kernel kernel = Assert.Single(ImageMagickKernel.Read(text).Kernels);

        Assert.Equal((width, height, x, y), (kernel.Width, kernel.Height, kernel.AnchorX, kernel.AnchorY));
        Assert.Equal(Operation.Convolution, ImageMagickKernel.Read(text).Operation);
    }

    [Fact]
    public void ImageMagick_NotAPartOfTheKernel_IsZero() =>
        Assert.Equal([1, 0, 0, -1], ImageMagickKernel.Read("4x1: 1,nan,-,-1").Kernels[0].Weights.ToArray());

    [Theory]
    [InlineData("3x3@: 5,5,5 -3,0,-3 -3,-3,-3", 8, "-3,5,5,-3,0,5,-3,-3,-3")]
    [InlineData("3x3>: 1,2,3 4,5,6 7,8,9", 4, "7,4,1,8,5,2,9,6,3")]
    [InlineData("3x1>: 1,2,1", 2, "1,2,1")]
    [InlineData("3x1<: 1,2,3", 4, "3,2,1")]
    public void ImageMagick_Rotations_AreClockwise(string text, int count, string second)
    {
        IReadOnlyList<Kernel> kernels = ImageMagickKernel.Read(text).Kernels;

        Assert.Equal(count, kernels.Count);
        Assert.Equal(second, string.Join(',', kernels[1].Weights.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3x3: 1,2")]
    [InlineData("Sobel: 1")]
    [InlineData("32x1: 1")]
    [InlineData("1,2,3,4")]
    [InlineData("1,x,3,4,5,6,7,8,9")]
    [InlineData("1,1e99,3,4,5,6,7,8,9")]
    [InlineData("5x1@: 1,2,3,4,5")]
    [InlineData("3x1+3+0: 1,2,3")]
    public void ImageMagick_Nonsense_IsRefused(string text) => Assert.Throws<LiveConvException>(() => ImageMagickKernel.Read(text));

    [Fact]
    public void ImageMagick_WrittenAndRead_IsTheSame()
    {
        Kernel kernel = new Kernel(new float[,] { { 1.5f, 0 }, { -2, 3 }, { 4, 5 } }).WithAnchor(1, 2);

        Kernel back = ImageMagickKernel.Read(ImageMagickKernel.Write(kernel)).Kernels[0];

        Assert.Equal(kernel.Weights.ToArray(), back.Weights.ToArray());
        Assert.Equal((1, 2), (back.AnchorX, back.AnchorY));
    }

    [Fact]
    public void FFmpeg_OptionsByNameAndByPosition_AreRead()
    {
        ForeignKernels named = FFmpegKernel.Read("convolution=0m='0 1 0 1 -4 1 0 1 0':0rdiv=0.5:0bias=128");
        ForeignKernels placed = FFmpegKernel.Read("0 1 0 1 -4 1 0 1 0:1:1:1:0.5:1:1:1:128");

        Assert.All([named, placed], kernels =>
        {
            Assert.Equal([0, 1, 0, 1, -4, 1, 0, 1, 0], kernels.Kernels[0].Weights.ToArray());
            Assert.Equal(
                (0.5f, Response.Offset128, 0f, Operation.Correlation), (kernels.Gain, kernels.Response, kernels.Bias, kernels.Operation));
        });
    }

    [Theory]
    [InlineData("1 1 1 1 1 1 1 1 1", 1 / 9f)]
    [InlineData("1 0 -1 1 0 -1 1 0 -1", 1f)]
    public void FFmpeg_NoRdiv_IsOneOverTheSum(string text, float gain) => Assert.Equal(gain, FFmpegKernel.Read(text).Gain);

    [Fact]
    public void FFmpeg_NumbersAsRatios_AreRead() =>
        Assert.Equal(
            1 / 9f, FFmpegKernel.Read(
                "convolution=1 1 1 1 1 1 1 1 1:1 1 1 1 1 1 1 1 1:1 1 1 1 1 1 1 1 1:1 1 1 1 1 1 1 1 1:1/9:1/9:1/9:1/9").Gain);

    // The origins are those that ImageMagick 6.9 shows.
    [Fact]
    public void ImageMagick_EighthTurns_TurnTheOriginToo() => Assert.Equal(
        [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)],
        ImageMagickKernel.Read("3x3+0+0@: 1,2,3 4,5,6 7,8,9").Kernels.Select(kernel => (kernel.AnchorX, kernel.AnchorY)));

    [Fact]
    public void FFmpeg_Row_IsARow() => Assert.Equal((5, 1), SizeOf(FFmpegKernel.Read("0m='1 2 3 2 1':0mode=row").Kernels[0]));

    [Theory]
    [InlineData("[[1, 0, -1], [2, 0, -2]]")]
    [InlineData("array([[ 1,  0, -1],\n       [ 2,  0, -2]])")]
    [InlineData("np.array([[1., 0., -1.], [2., 0., -2.]], dtype=float32)")]
    [InlineData("[[ 1  0 -1]\n [ 2  0 -2]]")]
    public void List_AsJsonPythonAndNumpyWriteIt_IsRead(string text)
    {
        Kernel kernel = ListKernel.Read(text).Kernels[0];

        Assert.Equal((3, 2), SizeOf(kernel));
        Assert.Equal([1, 0, -1, 2, 0, -2], kernel.Weights.ToArray());
    }

    [Theory]
    [InlineData("[[1, 2], [3]]")]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("[1, 2]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[[1e99]]")]
    [InlineData("np.zeros((3, 3))")]
    public void List_Nonsense_IsRefused(string text) => Assert.Throws<LiveConvException>(() => ListKernel.Read(text));

    [Theory]
    [InlineData("3x3: 1,0,-1 1,0,-1 1,0,-1", false, 1)]
    [InlineData("2x2: 1,0 0,-1", true, 1)]
    [InlineData("3x3@: 5,5,5 -3,0,-3 -3,-3,-3", true, 2)]
    public void PresetText_OfImportedKernels_IsAPreset(string text, bool isStack, int layers)
    {
        Preset preset = PresetFile.Parse(Encoding.UTF8.GetBytes(PresetText.Of("A \"name\"", "d", ImageMagickKernel.Read(text))), "p.json");

        Assert.Equal("A \"name\"", preset.Name);
        Assert.Equal(isStack, preset.Stack is not null);
        Assert.True(preset.Stack is null || preset.Stack.Layers.Count == layers);
    }

    [Fact]
    public void PresetText_FFmpegBias_IsAddedAfterTheGain()
    {
        Preset preset = PresetFile.Parse(
            Encoding.UTF8.GetBytes(PresetText.Of("B", "", FFmpegKernel.Read("1 0 -1 1 0 -1 1 0 -1:1:1:1:0.5:1:1:1:50"))), "p.json");

        Assert.Equal(100, preset.Stack!.Layers[0].Filters[0].Bias);
        Assert.Equal(0.5f, preset.Stack.Vertical.Gain);
    }

    private static (int Width, int Height) SizeOf(Kernel kernel) => (kernel.Width, kernel.Height);
}

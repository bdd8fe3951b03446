using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets.Tests.Text;

/// <summary>Kernels as ImageMagick itself prints them.</summary>
public partial class ImageMagickTests
{
    private static readonly string? Program = new[] { "magick", "/usr/bin/convert", "convert" }.FirstOrDefault(IsImageMagick);

    [SkippableTheory]
    [InlineData("Unity")]
    [InlineData("Unity:3")]
    [InlineData("Gaussian:0x1")]
    [InlineData("Gaussian:3x0.8")]
    [InlineData("Gaussian:0x2")]
    [InlineData("Gaussian:0x0.4")]
    [InlineData("DoG:0,0.8,1.6")]
    [InlineData("DoG:0,0,2")]
    [InlineData("DoG:4,2,1")]
    [InlineData("LoG:0x1")]
    [InlineData("LoG:2x0.6")]
    [InlineData("Blur:0x1")]
    [InlineData("Blur:0x1,90")]
    [InlineData("Blur:0x1,200")]
    [InlineData("Blur:3x2+270")]
    [InlineData("Comet:0x2")]
    [InlineData("Comet:5x3+90")]
    [InlineData("Comet:0x1,180")]
    [InlineData("Comet:0x1,270")]
    [InlineData("Binomial")]
    [InlineData("Binomial:4")]
    [InlineData("Laplacian:0")]
    [InlineData("Laplacian:1")]
    [InlineData("Laplacian:2")]
    [InlineData("Laplacian:3")]
    [InlineData("Laplacian:4")]
    [InlineData("Laplacian:5")]
    [InlineData("Laplacian:7")]
    [InlineData("Laplacian:15")]
    [InlineData("Laplacian:19")]
    [InlineData("Laplacian:@")]
    [InlineData("Sobel")]
    [InlineData("sobel:45")]
    [InlineData("Sobel:-90")]
    [InlineData("Sobel:200")]
    [InlineData("Sobel:@")]
    [InlineData("Sobel:>")]
    [InlineData("Sobel:<")]
    [InlineData("Roberts:135")]
    [InlineData("Roberts:@")]
    [InlineData("Prewitt:315")]
    [InlineData("Compass:@")]
    [InlineData("Kirsch:@")]
    [InlineData("FreiChen")]
    [InlineData("FreiChen:1")]
    [InlineData("FreiChen:2")]
    [InlineData("FreiChen:10")]
    [InlineData("FreiChen:1,45")]
    [InlineData("FreiChen:45")]
    [InlineData("FreiChen:@")]
    [InlineData("Diamond:2")]
    [InlineData("Diamond:2,3")]
    [InlineData("Square:2")]
    [InlineData("Square:2x3")]
    [InlineData("Rectangle:5x3")]
    [InlineData("Rectangle:5x3+0+1")]
    [InlineData("Rectangle:4")]
    [InlineData("Disk")]
    [InlineData("Disk:3.2")]
    [InlineData("Octagon:3")]
    [InlineData("Plus")]
    [InlineData("Cross:3")]
    [InlineData("Ring")]
    [InlineData("Ring:2,3")]
    [InlineData("Ring:3,1.5,2")]
    [InlineData("3x3+0+0@: 1,2,3 4,5,6 7,8,9")]
    [InlineData("3x3+1+0@: 1,2,3 4,5,6 7,8,9")]
    [InlineData("3x3>: 1,2,3 4,5,6 7,8,9")]
    [InlineData("3x3<: 1,2,3 4,5,6 7,8,9")]
    [InlineData("5x5+1+3>: 1,2,3,4,5 6,7,8,9,10 11,12,13,14,15 16,17,18,19,20 21,22,23,24,25")]
    [InlineData("3x1>: 1,2,3")]
    [InlineData("3x1<: 1,2,3")]
    [InlineData("4x1+3+0>: 1,2,3,4")]
    [InlineData("2x2: 1,0 0,-1")]
    [InlineData("2x3: 1,0 0,-1 2,nan")]
    [InlineData("4x1: 1,nan,-,-1")]
    [InlineData("Sobel; 3x1: 1,0,-1 ; Laplacian:1")]
    public void Read_KernelString_IsWhatImageMagickShows(string text)
    {
        Skip.If(Program is null, "ImageMagick is missing");

        List<(int Width, int Height, int X, int Y, double[] Weights)> shown = Show(text);
        KernelTextResult result = KernelText.Read(text);
        Kernel[] read = [.. result.Kernels.Select(kernel => kernel.Scale(result.Gain))];

        Assert.NotEmpty(shown);
        Assert.Equal(shown.Count, read.Length);
        Assert.All(shown.Zip(read), pair =>
        {
            Assert.Equal(
                (pair.First.Width, pair.First.Height, pair.First.X, pair.First.Y),
                (pair.Second.Width, pair.Second.Height, pair.Second.AnchorX, pair.Second.AnchorY));
            Assert.All(
                pair.First.Weights.Zip(pair.Second.Weights.ToArray()),
                weight => Assert.Equal(weight.First, weight.Second, 2e-5 * Math.Max(1e-2, Math.Abs(weight.First))));
        });
    }

    [Fact]
    public void Read_KirschAt_HasEightDirections() => Assert.Equal(8, KernelText.Read("Kirsch:@").Kernels.Count);

    [Fact]
    public void Read_KirschAtWithoutAColon_IsTheSameWithANotice()
    {
        KernelTextResult result = KernelText.Read("Kirsch@");

        Assert.Equal(
            KernelText.Read("Kirsch:@").Kernels.Select(kernel => kernel.Weights.ToArray()),
            result.Kernels.Select(kernel => kernel.Weights.ToArray()));
        Assert.Contains("ImageMagick itself wants a colon between a kernel's name and @, > or <, such as Kirsch:@", result.Notices);
    }

    [Fact]
    public void Read_ListOfKernels_ReportsHowTheyAreShown()
    {
        KernelTextResult result = KernelText.Read("Compass:@");

        Assert.Equal(Merge.Max, result.Merge);
        Assert.Contains(result.Notices, notice => notice.Contains("their largest answer is shown", StringComparison.Ordinal));
    }

    private static List<(int Width, int Height, int X, int Y, double[] Weights)> Show(string text)
    {
        string output = Run(Program!, "xc:", "-define", "showkernel=1", "-morphology", "Convolve:0", text, "null:")!;
        return [.. Head().Matches(output).Select(match =>
        {
            int end = output.IndexOf("Kernel", match.Index + 1, StringComparison.Ordinal);
            string rows = output[match.Index..(end < 0 ? output.Length : end)];
            double[] weights = [.. Row().Matches(rows)
                .SelectMany(row => row.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(Weight)];
            int Side(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
            return (Side(1), Side(2), Side(3), Side(4), weights);
        })];
    }

    private static double Weight(string text) => text == "nan" ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

    private static bool IsImageMagick(string program) =>
        Run(program, "-version")?.Contains("ImageMagick", StringComparison.Ordinal) == true;

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.GetAwaiter().GetResult() + error : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"Kernel .* of size (\d+)x(\d+)\+(\d+)\+(\d+) ")]
    private static partial Regex Head();

    [GeneratedRegex(@"^ *\d+: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

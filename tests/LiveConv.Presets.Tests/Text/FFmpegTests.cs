using System.ComponentModel;
using System.Diagnostics;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets.Tests.Text;

/// <summary>What a chain means against what FFmpeg makes of noise with it, inside of the border.</summary>
public class FFmpegTests
{
    private const int Side = 24;
    private const int Seed = 7;

    [SkippableTheory]
    [InlineData("convolution=0m='1 2 3 4 5 6 7 8 -36'", 1)]
    [InlineData("convolution=0m='1 2 3 4 5 6 7 8 9'", 1)]
    [InlineData("convolution=0m='1 2 3 4 5 6 7 8 9':0rdiv=0.03:0bias=20", 1)]
    [InlineData("convolution=0m='-1 -1 -1 -1 -1 -1 -1 -1 -1'", 1)]
    [InlineData("convolution=0m='1 0 -1 2 0 -2 1 0 -1':0rdiv=0.25:0bias=128", 1)]
    [InlineData("convolution='1 0 -1 2 0 -2 1 0 -1:1 0 -1 2 0 -2 1 0 -1'", 1)]
    [InlineData("convolution=0m='1 2 3 4 5':0mode=row", 2)]
    [InlineData("convolution=0m='5 4 -3 2 1':0mode=column:0rdiv=1/9", 2)]
    [InlineData("convolution=0m='0 0 1 0 0 0 1 2 1 0 1 2 -9 2 3 0 1 2 1 0 0 0 1 0 0':0rdiv=0.5", 2)]
    [InlineData("sobel=scale=0.25", 1)]
    [InlineData("prewitt=scale=0.5", 1)]
    [InlineData("roberts=scale=0.5", 1)]
    [InlineData("kirsch=scale=0.125", 1)]
    [InlineData("scharr", 1)]
    public void Read_Chain_MeansWhatFFmpegDoes(string chain, int border)
    {
        byte[] image = new byte[Side * Side];
        new Random(Seed).NextBytes(image);
        byte[]? filtered = Run(image, chain);
        Skip.If(filtered is null, "ffmpeg is missing, or has no such filter");
        Skip.If(chain.Contains("rdiv", StringComparison.Ordinal) && IgnoresRdiv(), "this ffmpeg ignores 0rdiv, as 5.1 does");

        KernelTextResult result = KernelText.Read(chain);

        Assert.Equal(Side * Side, filtered.Length);
        for (int y = border; y < Side - border; y++)
        {
            for (int x = border; x < Side - border; x++)
            {
                double[] sums = [.. result.Upright().Select(kernel => Sum(kernel, image, x, y))];
                Assert.Equal(Pixel(result, sums), filtered[y * Side + x], 1.0);
            }
        }
    }

    private static bool IgnoresRdiv() =>
        Run([.. Enumerable.Repeat((byte)40, Side * Side)], "convolution=0m='0 0 0 0 2 0 0 0 0':0rdiv=1") is not [80, ..];

    private static double Pixel(KernelTextResult result, double[] sums)
    {
        double merged = result.Merge switch
        {
            Merge.Magnitude => Math.Sqrt(sums.Sum(sum => sum * sum)),
            Merge.Max => sums.Max(),
            _ => sums[0],
        };
        double pixel = merged * result.Gain + result.Bias + (result.Response == Response.Offset128 ? 128 : 0);
        return Math.Clamp(pixel, 0, 255);
    }

    private static double Sum(Kernel kernel, byte[] image, int x, int y)
    {
        double sum = 0;
        for (int v = 0; v < kernel.Height; v++)
        {
            for (int u = 0; u < kernel.Width; u++)
            {
                sum += kernel[v, u] * image[(y + v - kernel.AnchorY) * Side + x + u - kernel.AnchorX];
            }
        }

        return sum;
    }

    private static byte[]? Run(byte[] image, string chain)
    {
        string input = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(input, image);
            string[] arguments =
            [
                "-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{Side}x{Side}", "-i", input,
                "-vf", chain, "-f", "rawvideo", "-",
            ];
            var start = new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            using var output = new MemoryStream();
            Task errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            errors.GetAwaiter().GetResult();
            return process.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(input);
        }
    }
}

using System.Diagnostics;

namespace LiveConv.Presets.Tests.Text;

public class HostileTextTests
{
    private const int Seed = 20261128;
    private static readonly string[] Pieces =
        ["[", "]", "(", ")", "{", "}", ",", ";", ":", "'", "\"", "=", "-", "+", "*", "/",
        "@", "<", ">", ".", "...", "\n", "\\", " ", "1", "1e308", "-1e-308", "0", "nan",
         "np.ones(", "fspecial('", "convolution=", "0m=", "-vf ", "Sobel:", "Gaussian:0x", "Mat_<float>(3,3) <<", "new ",
         ".T", ".reshape(", "k", "99999999999", "\u0000", "\ud800", "é"];

    [Fact]
    public void Read_HundredThousandMutations_ThrowNothingButTheOneException()
    {
        var random = new Random(Seed);
        string[] texts = [.. KernelTextList.Entries.Select(entry => entry.Text)];
        int read = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string text = Mutated(texts[random.Next(texts.Length)], random);
            long start = Stopwatch.GetTimestamp();
            try
            {
                KernelTextResult result = KernelText.Read(text);
                read++;
                Assert.All(result.Kernels, kernel => Assert.True(kernel.Width <= 31 && kernel.Height <= 31));
                Assert.True(result.Gain > 0 && float.IsFinite(result.Gain) && float.IsFinite(result.Bias), text);
            }
            catch (KernelTextException e)
            {
                Assert.False(e.Message.Contains('\n', StringComparison.Ordinal), e.Message);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, mutation {i}: {e.GetType().Name} {e} for {text}");
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2), $"seed {Seed}, mutation {i} takes too long: {text}");
        }

        Assert.InRange(read, 5_000, 95_000);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("-")]
    [InlineData("(float)")]
    [InlineData("new ")]
    [InlineData("1 ")]
    [InlineData("1,")]
    [InlineData("'")]
    [InlineData("'\"")]
    [InlineData("[1;")]
    [InlineData("a.")]
    [InlineData("convolution=,")]
    [InlineData("3x3:;")]
    [InlineData("Kirsch:@;")]
    [InlineData("k=[1];")]
    [InlineData("{1}=")]
    [InlineData("np.array(")]
    [InlineData("Mat_<")]
    [InlineData("/*")]
    [InlineData("[0:v]")]
    [InlineData("\\\n")]
    public void Read_OnePieceAgainAndAgain_EndsSoon(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, KernelText.MaxLength / piece.Length));
        long start = Stopwatch.GetTimestamp();
        foreach (string one in new[] { text, "{" + text[1..], "[" + text[1..], "ffmpeg " + text[7..], "x:" + text[2..] })
        {
            Assert.Throws<KernelTextException>(() => KernelText.Read(one));
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "this takes too long");
    }

    private static string Mutated(string text, Random random)
    {
        for (int n = random.Next(1, 5); n > 0; n--)
        {
            int at = random.Next(text.Length + 1);
            int length = random.Next(Math.Min(text.Length - at, 6) + 1);
            text = random.Next(3) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                _ => text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]),
            };
        }

        return text;
    }
}

using System.Security.Cryptography;
using LiveConv.Convolution;

namespace LiveConv.Media.Tests;

/// <summary>The scenes that networks learn from: the same everywhere, each as often, and what their labels say.</summary>
public class SceneExamplesTests
{
    [Fact]
    public void Draw_SameSeedAndNumber_IsTheSameOnEverySystem()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int number = 0; number < 60; number++)
        {
            hash.AppendData(Draw(7, number));
        }

        Assert.Equal("9a52c90b47d69384", Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void Draw_AnotherSeedOrNumber_IsAnotherScene()
    {
        Assert.NotEqual(Draw(1, 0), Draw(2, 0));
        Assert.NotEqual(Draw(1, 0), Draw(1, 3));
        Assert.Equal(Draw(1, 5), Draw(1, 5));
    }

    [Fact]
    public void LabelOf_Scenes_ShowsEachAsOften() =>
        Assert.Equal([20, 20, 20], Enumerable.Range(0, 60).GroupBy(SceneExamples.LabelOf).Select(group => group.Count()));

    [Fact]
    public void Draw_Balls_AreBrightAndBatsAreDark()
    {
        // Ground and sky are between the bat's 48 and the ball's 175 to 225; the bars are brighter.
        for (int number = 0; number < 300; number++)
        {
            byte[] scene = Draw(3, number);
            int dark = scene.Count(pixel => pixel < 60), bright = scene.Count(pixel => pixel is > 165 and < 230);
            switch (SceneExamples.LabelOf(number))
            {
                case 0:
                    Assert.InRange(bright, 5, 400);
                    break;
                case 1:
                    Assert.InRange(dark, 5, 400);
                    break;
                default:
                    Assert.Equal(0, dark);
                    Assert.Equal(0, bright);
                    break;
            }
        }
    }

    private static byte[] Draw(long seed, int number)
    {
        using var plane = new Plane<byte>(64, 48);
        new SceneExamples(seed).Draw(number, plane.View);
        byte[] pixels = new byte[64 * 48];
        plane.View.CopyTo(new PlaneView<byte>(pixels, 64, 48, 64));
        return pixels;
    }
}

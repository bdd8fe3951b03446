using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

public sealed class FormatChoiceTests
{
    private const long Pixels = 640 * 480;
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(PageFormat.Auto, true, 320 * 240, false)]
    [InlineData(PageFormat.Auto, true, 1280 * 720, false)]
    [InlineData(PageFormat.Auto, true, (1280 * 720) + 1, true)]
    [InlineData(PageFormat.Auto, false, 4096 * 2160, false)]
    [InlineData(PageFormat.Raw, true, 4096 * 2160, false)]
    [InlineData(PageFormat.Jpeg, true, 1, true)]
    public void Choice_BeforeAnyImage_FollowsTheSize(PageFormat format, bool hasJpeg, long pixels, bool isJpeg) =>
        Assert.Equal(isJpeg, new FormatChoice(format, hasJpeg, time).IsJpeg(pixels));

    [Theory]
    [InlineData(PageFormat.Auto, true, 320 * 240)]
    [InlineData(PageFormat.Auto, false, Pixels)]
    [InlineData(PageFormat.Raw, true, Pixels)]
    public void SlowRaw_WithoutAChoice_StaysRaw(PageFormat format, bool hasJpeg, long pixels)
    {
        var choice = new FormatChoice(format, hasJpeg, time);
        time.Advance(TimeSpan.FromSeconds(5));

        Carry(choice, pixels, raw: 500, jpeg: 1, images: 50);

        Assert.False(choice.IsJpeg(pixels));
    }

    [Fact]
    public void QuickRaw_StaysRaw()
    {
        FormatChoice choice = Started();

        Assert.Equal(0, Carry(choice, Pixels, raw: 15, jpeg: 1, images: 1000));
    }

    [Fact]
    public void SlowRaw_WithQuickerJpeg_BecomesJpeg()
    {
        FormatChoice choice = Started();

        Carry(choice, Pixels, raw: 50, jpeg: 20, images: 2 * FormatChoice.Judged);

        Assert.True(choice.IsJpeg(Pixels));
    }

    [Fact]
    public void SlowRaw_WhileThePageStarts_IsNotJudged()
    {
        var choice = new FormatChoice(PageFormat.Auto, hasJpeg: true, time);

        Assert.Equal(0, Carry(choice, Pixels, raw: 300, jpeg: 1, images: 50));
    }

    [Fact]
    public void VerySlowRaw_IsLeftAfterOneImage()
    {
        FormatChoice choice = Started();

        choice.Carried(Pixels, wasJpeg: false, TimeSpan.FromMilliseconds(700));

        Assert.True(choice.IsJpeg(Pixels));
    }

    [Fact]
    public void SlowRaw_WithJpegNotMuchBetter_StaysRawAndTriesEverMoreSeldom()
    {
        FormatChoice choice = Started();
        int tried = Carry(choice, Pixels, raw: 50, jpeg: 30, images: 100);
        time.Advance(TimeSpan.FromSeconds(8));
        tried += Carry(choice, Pixels, raw: 50, jpeg: 30, images: 100);
        time.Advance(TimeSpan.FromSeconds(8));
        tried += Carry(choice, Pixels, raw: 50, jpeg: 30, images: 100);

        Assert.Equal(2 * FormatChoice.Judged, tried);
        Assert.False(choice.IsJpeg(Pixels));
    }

    [Fact]
    public void Jpeg_AfterAWhile_IsLeftWhenRawHasBecomeQuick()
    {
        FormatChoice choice = Started();
        Carry(choice, Pixels, raw: 200, jpeg: 25, images: 100);
        Assert.True(choice.IsJpeg(Pixels));
        time.Advance(TimeSpan.FromSeconds(8));

        Carry(choice, Pixels, raw: 12, jpeg: 14, images: 3 * FormatChoice.Judged);

        Assert.False(choice.IsJpeg(Pixels));
    }

    [Fact]
    public void Jpeg_WithRawStillSlow_StaysAfterTwoImagesOfEachTrial()
    {
        FormatChoice choice = Started();
        Carry(choice, Pixels, raw: 200, jpeg: 25, images: 100);
        time.Advance(TimeSpan.FromSeconds(8));

        int raw = 100 - Carry(choice, Pixels, raw: 200, jpeg: 25, images: 100);

        Assert.Equal(2, raw);
        Assert.True(choice.IsJpeg(Pixels));
    }

    [Fact]
    public void Jpeg_ChosenWhileRawWasSlowForAMoment_IsLeftAfterASecond()
    {
        FormatChoice choice = Started();
        Carry(choice, Pixels, raw: 150, jpeg: 60, images: 2 * FormatChoice.Judged);
        Assert.True(choice.IsJpeg(Pixels));
        time.Advance(TimeSpan.FromSeconds(1));

        Carry(choice, Pixels, raw: 40, jpeg: 60, images: 2 * FormatChoice.Judged);

        Assert.False(choice.IsJpeg(Pixels));
    }

    [Fact]
    public void ImageOfTheFormatBefore_IsNotJudged()
    {
        FormatChoice choice = Started();
        choice.Carried(Pixels, wasJpeg: false, TimeSpan.FromMilliseconds(500));

        for (int i = 0; i < 50; i++)
        {
            choice.Carried(Pixels, wasJpeg: false, TimeSpan.FromSeconds(2));
        }

        Assert.True(choice.IsJpeg(Pixels));
    }

    private FormatChoice Started()
    {
        var choice = new FormatChoice(PageFormat.Auto, hasJpeg: true, time);
        time.Advance(TimeSpan.FromSeconds(6));
        return choice;
    }

    // How many of the images went as JPEG.
    private static int Carry(FormatChoice choice, long pixels, double raw, double jpeg, int images)
    {
        int asJpeg = 0;
        for (int i = 0; i < images; i++)
        {
            bool isJpeg = choice.IsJpeg(pixels);
            asJpeg += isJpeg ? 1 : 0;
            choice.Carried(pixels, isJpeg, TimeSpan.FromMilliseconds(isJpeg ? jpeg : raw));
        }

        return asJpeg;
    }
}

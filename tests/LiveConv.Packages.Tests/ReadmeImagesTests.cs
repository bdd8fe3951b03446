using Microsoft.Playwright;

namespace LiveConv.Packages.Tests;

/// <summary>
/// The README's images of the page, as people see it: the program with a clip, in a browser, one frame after the other whatever the
/// machine's speed. <c>LIVECONV_WRITE_IMAGES=1</c> writes them into docs/images; else a few frames show that it can be done.
/// </summary>
[Collection(PublishedPrograms.Collection)]
public sealed class ReadmeImagesTests(PublishedPrograms programs)
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Width = 1280;
    private const int Height = 720;
    private const long MaxBytes = 2 << 20;

    // The clip has 25 frames a second; every third one is shown, at its time.
    private const int FramesPerImage = 3;
    private const string ImageRate = "25/3";
    private static readonly bool Writes = Environment.GetEnvironmentVariable("LIVECONV_WRITE_IMAGES") is { Length: > 0 };

    [SkippableFact]
    public async Task Page_OfMovingImages()
    {
        using var folder = new TemporaryFolder();
        await using PageOfTheProgram shown = await OpenAsync(folder);
        int images = 0;
        await MoveAsync(9);
        await shown.PressAsync("2", "Sobel");
        await MoveAsync(9);
        await shown.PressAsync("5", "");
        await MoveAsync(9);
        await shown.PressAsync("2", "Sobel");
        await shown.Page.Keyboard.PressAsync("x");
        await shown.SeeAsync("#xray .place");
        for (int step = 0; step < (Writes ? 8 : 1); step++)
        {
            string place = await shown.Page.Locator("#xray .place").InnerTextAsync();
            await shown.Page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(shown.Page.Locator("#xray .place")).Not.ToHaveTextAsync(place);
            await ShootAsync();
            await ShootAsync();
        }

        string video = Path.Combine(folder.Path, "page.webp");
        await CommandRun.DoneAsync(
            "ffmpeg",
            [
                "-v", "error", "-framerate", ImageRate, "-i", Path.Combine(folder.Path, "%03d.png"), "-vf", "scale=800:-2",
                "-c:v", "libwebp_anim", "-q:v", "35", "-compression_level", "6", "-loop", "0", video,
            ]);
        Assert.InRange(new FileInfo(video).Length, 1, MaxBytes);
        Keep(video);

        async Task MoveAsync(int count)
        {
            for (int i = 0; i < (Writes ? count : 1); i++)
            {
                await shown.StepAsync(FramesPerImage);
                await ShootAsync();
            }
        }

        Task ShootAsync() => shown.ShootAsync(Path.Combine(folder.Path, $"{images++:000}.png"));
    }

    [SkippableTheory]
    [InlineData("x", "#xray .place", "xray")]
    [InlineData("e", "#editor-kernels table", "editor")]
    [InlineData("t", "#learning-start", "learning")]
    public async Task Tool(string key, string part, string name)
    {
        using var folder = new TemporaryFolder();
        await using PageOfTheProgram shown = await OpenAsync(folder);
        await shown.PressAsync("2", "Sobel");
        await shown.StepAsync(1);
        await shown.Page.Keyboard.PressAsync(key);
        await shown.SeeAsync(part);
        if (name == "learning")
        {
            await shown.Page.Locator("#learning-start").ClickAsync();
            await Assertions.Expect(shown.Page.Locator("#learning-said")).ToContainTextAsync("three digits", new() { Timeout = 120_000 });
        }

        string shot = Path.Combine(folder.Path, "shot.png");
        string image = Path.Combine(folder.Path, $"{name}.webp");
        await shown.ShootAsync(shot);
        await CommandRun.DoneAsync("ffmpeg", ["-v", "error", "-i", shot, "-c:v", "libwebp", "-q:v", "80", image]);
        Assert.InRange(new FileInfo(image).Length, 1, MaxBytes / 8);
        Keep(image);
    }

    private async Task<PageOfTheProgram> OpenAsync(TemporaryFolder folder)
    {
        Skip.IfNot(File.Exists(Chromium), "chromium is not installed");
        Skip.IfNot(PublishedPrograms.Has("ffmpeg"), "ffmpeg is not installed");
        return await PageOfTheProgram.OpenAsync(
            PublishedPrograms.Program(await programs.Built), Chromium, RepositoryFiles.PathOf("tests", "media", "cityCC0.mpg"), folder.Path,
            new ViewportSize { Width = Width, Height = Height });
    }

    private static void Keep(string image)
    {
        if (Writes)
        {
            File.Copy(image, RepositoryFiles.PathOf("docs", "images", Path.GetFileName(image)), overwrite: true);
        }
    }
}

using LiveConv.Page;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The shipped lesson on the page, and the document that it leads to.</summary>
public sealed class GuideTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToContainTextOptions Slow = new() { Timeout = 30_000 };

    private static readonly Preset[] PresetsOfTheLesson =
        [.. new[] { "canny", "temporal-difference", "ball-or-bat" }
            .Select(id => PresetFile.Read(RepositoryFiles.PathOf("presets", id + ".json")))];

    private static PageOptions Options => new() { Format = PageFormat.Raw, Lessons = Shipped };

    [SkippableFact]
    public async Task Lesson_FromFirstToLast_AsksAndAnswers()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("n");

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);
        for (int step = 1; step <= 16; step++)
        {
            await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync($"{step} of 16", Slow);
            await server.ShowAsync(step + 3);
            await page.Locator("#guide-answers button").First.ClickAsync();

            // Noise holds neither a ball nor a bat.
            ILocator marked = page.Locator("#guide-answers [data-result=right]");
            ILocator black = page.Locator("#guide-result", new() { HasText = "Both maps are black" });
            await Assertions.Expect(step == 16 ? marked.Or(black) : marked).ToBeVisibleAsync(new() { Timeout = 30_000 });
            if (step < 16)
            {
                await page.Locator("#guide-next").ClickAsync();
            }
        }

        await Assertions.Expect(page.Locator("#guide-next")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Answer_Chosen_IsMarkedAndExplained_AndTheMicroscopeShowsTheStep()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);
        await page.Locator("#guide-next").ClickAsync();
        await page.Locator("#guide-next").ClickAsync();
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToHaveTextAsync("765", new() { Timeout = 30_000 });

        await page.Locator("#guide-answers button").Nth(1).ClickAsync();

        await Assertions.Expect(page.Locator("#guide-answers [data-result=right]")).ToContainTextAsync("765", Slow);
        await Assertions.Expect(page.Locator("#guide-answers [data-result=wrong]")).ToHaveTextAsync("255");
        await Assertions.Expect(page.Locator("#guide-result")).ToContainTextAsync("Not this time. (765)");
        await Assertions.Expect(page.Locator("#guide-more")).ToHaveAttributeAsync("href", "convolution.html#one-number");
    }

    [SkippableFact]
    public async Task Language_Chosen_IsKept()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);

        await page.Locator("#guide-language").SelectOptionAsync("de");
        await Assertions.Expect(page.Locator("#guide-title")).ToContainTextAsync("Zahlentabelle", Slow);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await page.Keyboard.PressAsync("n");

        await Assertions.Expect(page.Locator("#guide-title")).ToContainTextAsync("Zahlentabelle", Slow);
        await Assertions.Expect(page.Locator("#guide")).ToHaveAttributeAsync("lang", "de");
    }

    [SkippableFact]
    public async Task Microscope_OfALesson_SpeaksItsLanguage()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        await page.AddInitScriptAsync("localStorage.setItem('language', 'de')");
        await page.GotoAsync(new Uri(server.Address, "#tool=microscope&lesson=convolution/3").AbsoluteUri);

        await Assertions.Expect(page.Locator("#microscope-title")).ToHaveTextAsync("Mikroskop", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#microscope-step caption").First).ToHaveTextAsync("Fenster", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#microscope-equation")).ToContainTextAsync("Breite der Ausgabe");
        await Assertions.Expect(page.Locator("#microscope option[value=mirror]")).ToHaveTextAsync("gespiegelt");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#microscope-title")).ToHaveTextAsync("Microscope");
        await Assertions.Expect(page.Locator("#microscope-step caption").First).ToHaveTextAsync("window");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Document_Opened_HasEveryHeadingThatThePageAndTheLessonsLinkTo()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        string[] links = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a.what')].map(link => link.getAttribute('href')).filter(link => link.includes('#'))");
        string[] wanted = [.. links.Select(link => link.Split('#')[1]).Concat(Shipped()[0].Steps.Select(step => step.Section!))];

        await page.GotoAsync(new Uri(server.Address, "convolution.html").AbsoluteUri);

        Assert.All(wanted, id => Assert.True(page.Locator($"h2#{id}, h3#{id}").CountAsync().GetAwaiter().GetResult() == 1, id));
        bool hasImages = await page.EvaluateAsync<bool>("""
            async () => { const all = [...document.images]; all.forEach(image => (image.loading = "eager"));
              await Promise.all(all.map(image => image.decode())); return all.length > 4; }
            """);
        Assert.True(hasImages);
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("layers", "Only thin lines", "white")]
    [InlineData("time", "Almost nothing", "black")]
    public async Task Guest_AtAStepOfAPresetThatOnlyThePresenterCanChoose_SeesItSmallAndIsAnswered(string step, string right, string shown)
    {
        PageOptions open = Options with { Listen = System.Net.IPAddress.Loopback };
        await using TestPage server = await TestPage.StartAsync(options: open, presets: PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        int number = Shipped()[0].Steps.ToList().FindIndex(one => one.Id == step) + 1;
        await page.GotoAsync(server.Addresses.Guest!.AbsoluteUri);
        await Canvas.DrawnAsync(page, 3);
        await page.GotoAsync(new Uri(server.Address, $"/#lesson=convolution/{number}").AbsoluteUri);
        ILocator small = page.Locator("#guide-other canvas").First;

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync($"{number} of 16", Slow);
        await Assertions.Expect(page.Locator("#guide-about")).ToContainTextAsync("the page shows Seed edges");
        await Assertions.Expect(page.Locator("#left canvas")).ToHaveCSSAsync("visibility", "visible");
        await Assertions.Expect(small).ToHaveCSSAsync("visibility", "hidden");
        await Assertions.Expect(small).ToHaveJSPropertyAsync("width", server.Width);
        await page.Locator("#guide-answers button").First.ClickAsync();

        await Assertions.Expect(page.Locator("#guide-answers [data-result=right]")).ToContainTextAsync(right);
        await Assertions.Expect(small).ToHaveCSSAsync("visibility", "visible");
        Assert.Equal(shown == "white", await small.EvaluateAsync<bool>("""
            canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
              .some((value, index) => index % 4 < 3 && value > 60)
            """));
        server.Controls.Preset = PresetsOfTheLesson.First(preset => preset.Id == Shipped()[0].Steps[number - 1].Preset);
        await Assertions.Expect(page.Locator("#guide-other")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Refusal_IsInTheLessonsLanguage_AndNothingStaysHidden()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, _) = await browser.OpenAsync(null);
        await page.AddInitScriptAsync("localStorage.setItem('language', 'de')");
        await page.GotoAsync(new Uri(server.Address, "#lesson=convolution/9").AbsoluteUri);
        await Assertions.Expect(page.Locator("#guide-title")).ToContainTextAsync("Kanten", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-secret", "maps");

        await page.Locator("#guide-answers button").First.ClickAsync();

        await Assertions.Expect(page.Locator("#guide-result")).ToContainTextAsync("Es gibt noch kein Bild");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-secret", "nothing");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-fault")).ToHaveTextAsync("Es gibt noch kein Bild.");
    }

    internal static IReadOnlyList<LessonPlan> Shipped()
    {
        string folder = RepositoryFiles.PathOf("presets", "lessons");
        LessonPlan lesson = LessonFile.Read(Path.Combine(folder, "convolution.json"));
        return [lesson with { Translations = [LessonFile.ReadTexts(Path.Combine(folder, "convolution.de.json"), lesson)] }];
    }
}

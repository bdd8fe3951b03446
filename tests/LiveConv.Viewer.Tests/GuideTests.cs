using System.Text.RegularExpressions;
using LiveConv.Page;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The shipped lesson on the page, and the document that it leads to.</summary>
public sealed partial class GuideTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToContainTextOptions Slow = new() { Timeout = 30_000 };

    // What names a control in every language; empty while there is none of this name in sight.
    private const string ControlOfName = """
        name => {
          const fieldOf = each => each.closest("select") ?? document.querySelector(`[list="${each.closest("datalist")?.id}"]`);
          const control = [...document.querySelectorAll("button, label, option")].find(each => !each.closest("#guide")
            && (fieldOf(each) ?? each).checkVisibility() && each.firstChild?.textContent.trim() === name);
          const field = control && fieldOf(control);
          return control ? control.id || (field ? `${field.name}=${control.dataset.value ?? control.value}`
            : control.querySelector("[name]")?.name) : "";
        }
        """;

    // What of the lesson cannot be seen: title, bars and the first line at once, all else as the one page that scrolls.
    private const string Unread = """
        () => {
          const page = document.getElementById("guide-page");
          const isSeen = (element, { left, top, right, bottom }) =>
            [top + 2, (top + bottom) / 2, bottom - 2].every(y => element.contains(document.elementFromPoint((left + right) / 2, y)));
          const linesOf = element => {
            const words = document.createRange();
            words.selectNodeContents(element);
            return element.matches("button") ? [element.getBoundingClientRect()] : [...words.getClientRects()];
          };
          const fixed = ["#guide-title", "#guide-back", "#guide-next", "#guide-close", "#guide-language"]
            .map(selector => document.querySelector(selector))
            .filter(element => !isSeen(element, element.getBoundingClientRect()));
          const cut = [...page.querySelectorAll("#guide-text, #guide-question, #guide-answers button")].filter(element =>
            linesOf(element).some(({ top }, index) => {
              page.scrollTop = top - page.getBoundingClientRect().top - 4;
              const isRead = isSeen(element, linesOf(element)[index]);
              page.scrollTop = 0;
              return !isRead;
            }));
          const others = [...document.querySelectorAll("#guide *:not(#guide-page, .hidden)")].filter(part => part.scrollHeight > part.clientHeight + 2
            && part.clientHeight > 0 && getComputedStyle(part).overflowY !== "visible");
          const isSaid = page.scrollHeight <= page.clientHeight || getComputedStyle(page).backgroundImage.includes("gradient");
          return [...[...fixed, ...cut, ...others].map(element => element.id || element.textContent), ...isSaid ? [] : ["a sign of more"],
            ...page.clientHeight < 130 && page.scrollHeight > page.clientHeight ? [`only ${page.clientHeight} pixels`] : []].join();
        }
        """;

    // What stands in place of the wall's last map.
    private const string Concealed = """
        () => {
          const { content, backgroundImage } = getComputedStyle([...document.querySelectorAll(".wall .map")].at(-1), "::after");
          return `${content} ${backgroundImage.startsWith("repeating-linear-gradient") ? "stripes" : backgroundImage}`;
        }
        """;

    // What of the wall lies under its cross, or out of its sight.
    private const string CoveredOnTheWall = """
        async () => {
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const boxOf = selector => document.querySelector(selector).getBoundingClientRect();
          const [wall, cross] = [boxOf(".wall .layers"), boxOf(".wall > .close")];
          return [...document.querySelectorAll(".wall .map, .wall li .title")].filter(part => {
            const { left, top, right, bottom } = part.getBoundingClientRect();
            const isUnder = right > cross.left && left < cross.right && bottom > cross.top && top < cross.bottom;
            return isUnder || right > wall.right + 1 || bottom > wall.bottom + 1;
          }).map(part => `${innerWidth}: ${part.textContent} `).join("");
        }
        """;

    // How much of the window are maps, in percent.
    private const string ShareOfMaps = """
        () => {
          const boxes = [...document.querySelectorAll("main > figure canvas")].filter(canvas => canvas.checkVisibility())
            .map(canvas => canvas.getBoundingClientRect());
          const areas = boxes.map(({ left, top, right, bottom }) =>
            Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)));
          return 100 * areas.reduce((sum, area) => sum + area, 0) / innerWidth / innerHeight;
        }
        """;

    internal static readonly Preset[] PresetsOfTheLesson =
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

        // At the end the button is off, and keeps the focus.
        await page.Locator("#guide-next").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#guide-next")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#guide-next")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("16 of 16");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(844, 390, "fr")]
    [InlineData(720, 450, "de")]
    [InlineData(640, 360, "es")]
    [InlineData(390, 844, "fr")]
    public async Task Lesson_InASmallWindow_IsReadAsOnePage_WithTheWaysOnInSight(int width, int height, string language)
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null, width, height);
        await page.AddInitScriptAsync($"localStorage.setItem('language', '{language}')");
        await page.GotoAsync(server.Address.AbsoluteUri);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("n");
        var unread = new List<string>();

        for (int step = 1; step <= 16; step++)
        {
            await Assertions.Expect(page.Locator("#guide-place")).ToHaveTextAsync(new Regex($"^{step} .* 16$"), new() { Timeout = 30_000 });
            string parts = await page.EvaluateAsync<string>(Unread);
            unread.AddRange(parts == "" ? [] : [$"{step}: {parts}"]);
            if (step < 16)
            {
                await page.Locator("#guide-next").ClickAsync();
            }
        }

        Assert.Empty(unread);
        await page.Locator("#guide-back").ClickAsync();
        await page.Locator("#guide-answers button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#guide-answers [data-result=right]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#guide-result strong")).ToBeInViewportAsync();
        Assert.Empty(complaints);
    }

    // The X-ray takes half of a window, and the lesson a third.
    [SkippableTheory]
    [InlineData(844, 390)]
    [InlineData(720, 450)]
    [InlineData(640, 360)]
    [InlineData(1280, 600)]
    [InlineData(390, 844)]
    public async Task LessonAndTool_InASmallWindow_AreInFrontInTurn_AndTheMapsHaveTheirPlace(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);
        await page.Locator("#guide-next").ClickAsync();
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("2 of 16", Slow);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-xray", "");

        await page.WaitForFunctionAsync($"() => ({ShareOfMaps})() >= 40");
        await Assertions.Expect(page.Locator("#xray")).ToBeHiddenAsync();
        Assert.False(await page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll("main .corner")].filter(corner => corner.checkVisibility()).some(corner => {
              const [box, map] = [corner, corner.closest("figure")].map(each => each.getBoundingClientRect());
              return box.left < map.left - 1 || box.right > map.right + 1;
            })
            """));
        await Assertions.Expect(page.Locator("#guide-tool")).ToHaveTextAsync("Show X-ray");
        await page.Locator("#guide-tool").ClickAsync();
        await Assertions.Expect(page.Locator("#xray .step.pixel")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#guide")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#tool-guide")).ToBeFocusedAsync();
        await page.Locator("#tool-guide").ClickAsync();
        await Assertions.Expect(page.Locator("#guide-question")).ToBeVisibleAsync();

        // Its key brings the tool that is behind, and closes the one in front; the lesson is there again.
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-xray", "");
        await Assertions.Expect(page.Locator("#guide-question")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#guide-tool")).ToBeHiddenAsync();
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
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("lesson=convolution"));

        // The lesson's key is pressed just when the address has opened it: it stays.
        await page.AddInitScriptAsync("""
            const observer = new MutationObserver(() => {
              if (document.body?.hasAttribute("data-guide")) {
                observer.disconnect();
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", code: "KeyN", bubbles: true }));
              }
            });
            observer.observe(document, { subtree: true, childList: true, attributes: true });
            """);
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#guide-title")).ToContainTextAsync("Zahlentabelle", Slow);
        await Assertions.Expect(page.Locator("#guide")).ToBeVisibleAsync();
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
        await Assertions.Expect(page.Locator("#microscope option[data-value=mirror]")).ToHaveTextAsync("gespiegelt");
        await page.Locator("#guide-close").ClickAsync();
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
        ILocator large = step == "layers" ? page.Locator(".wall li:nth-child(2) canvas") : page.Locator("#left canvas");
        await Assertions.Expect(large).ToHaveCSSAsync("visibility", step == "layers" ? "hidden" : "visible");
        await Assertions.Expect(small).ToHaveCSSAsync("visibility", "hidden");
        await Assertions.Expect(small).ToHaveJSPropertyAsync("width", server.Width);
        await page.Locator("#guide-answers button").First.ClickAsync();

        await Assertions.Expect(page.Locator("#guide-answers [data-result=right]")).ToContainTextAsync(right);
        await Assertions.Expect(small).ToHaveCSSAsync("visibility", "visible");
        Assert.Equal(shown == "white", await small.EvaluateAsync<bool>("""
            canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
              .some((value, index) => index % 4 < 3 && value > 60)
            """));
        LocatorBoundingBoxResult caption = (await page.Locator("#guide-other figcaption").First.BoundingBoxAsync())!;
        Assert.True(caption.Y + caption.Height <= (await page.Locator("#guide-back").BoundingBoxAsync())!.Y);
        server.Controls.Preset = PresetsOfTheLesson.First(preset => preset.Id == Shipped()[0].Steps[number - 1].Preset);
        await Assertions.Expect(page.Locator("#guide-other")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Guest_AtTheStepAboutLayers_SeesThoseOfItsPresetOnTheWall()
    {
        PageOptions open = Options with { Listen = System.Net.IPAddress.Loopback };
        await using TestPage server = await TestPage.StartAsync(options: open, presets: PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        await page.GotoAsync(server.Addresses.Guest!.AbsoluteUri);
        await Canvas.DrawnAsync(page, 3);
        await page.GotoAsync(new Uri(server.Address, "/#lesson=convolution/10").AbsoluteUri);
        ILocator gradient = page.Locator(".wall li .hint", new() { HasText = "gradient" });

        await Assertions.Expect(gradient).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await page.Locator("#guide-answers button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".wall li:nth-child(2) canvas").First).ToHaveCSSAsync("visibility", "visible");
        await page.Locator("#guide-close").ClickAsync();

        // Beside no lesson it shows those of the preset in use.
        await Assertions.Expect(gradient).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator(".wall li")).ToHaveCountAsync(2);
        Assert.Equal("seed", server.Controls.Preset.Id);
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

    [SkippableTheory]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    public async Task Controls_NamedInALesson_AreCalledSoOnThePage(string language)
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: PresetsOfTheLesson);
        IReadOnlyList<string> inEnglish = await NamedControlsAsync(server, "en");
        string[] expected =
        [
            "step 11: microscope-play", "step 14: learning-start", "step 5: microscope-play", "step 7: border", "step 7: border=mirror",
            "step 8: padding", "step 8: stride",
        ];
        Assert.Equal(expected, inEnglish);

        Assert.Equal(inEnglish, await NamedControlsAsync(server, language));
    }

    [SkippableFact]
    public async Task Step_WithALens_PinsItsPixelInAMapOfAnySize()
    {
        LessonStep step = Shipped()[0].Steps[0] with
        { Preset = "canny", Tool = LessonTool.Xray, Lens = new LessonLens { Stage = 2, X = 0.25f, Y = 0.75f } };
        LessonPlan own = Shipped()[0] with { Steps = [Shipped()[0].Steps[1], step] };
        await using TestPage server = await TestPage.StartAsync(
            options: Options with { Lessons = () => [own] }, presets: PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 24, column 32");
        Assert.InRange(await page.EvaluateAsync<double>(ShareOfMaps), 30, 100);
        await page.Locator("#guide-next").ClickAsync();
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("canny");
        await server.ShowAsync(4);

        await Assertions.Expect(page.Locator("#xray-stages [aria-current]")).ToHaveTextAsync("Thinning");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 36, column 16");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 37, column 16");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task StepOfLayers_ShowsTheWall_WhoseMapsAreHiddenUntilTheAnswer()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: PresetsOfTheLesson);
        server.Controls.Preset = PresetsOfTheLesson[0];
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await OpenLessonAsync(page, "layers");
        ILocator maps = page.Locator(".wall .map canvas");

        await Assertions.Expect(maps.First).ToHaveCSSAsync("visibility", "visible");
        await Assertions.Expect(maps.Last).ToHaveCSSAsync("visibility", "hidden");
        // Black would be the right answer.
        Assert.Matches("^\"\\?.*stripes$", await page.EvaluateAsync<string>(Concealed));
        string covered = "";
        foreach ((int width, int height) in ((int, int)[])[(844, 390), (640, 360), (390, 844), (1280, 600)])
        {
            await page.SetViewportSizeAsync(width, height);
            await Assertions.Expect(maps.Last).ToBeInViewportAsync(new() { Ratio = 1 });
            covered += await page.EvaluateAsync<string>(CoveredOnTheWall);
        }

        Assert.Equal("", covered);
        await page.Locator("#guide-answers button").First.ClickAsync();
        await Assertions.Expect(maps.Last).ToHaveCSSAsync("visibility", "visible");
        Assert.Equal("none none", await page.EvaluateAsync<string>(Concealed));
        await page.Locator("#guide-next").ClickAsync();
        await Assertions.Expect(page.Locator("#wall")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    internal static IReadOnlyList<LessonPlan> Shipped()
    {
        string folder = RepositoryFiles.PathOf("presets", "lessons");
        LessonPlan lesson = LessonFile.Read(Path.Combine(folder, "convolution.json"));
        string[] languages = ["de", "es", "fr"];
        return [lesson with { Translations = [.. languages.Select(Texts)] }];

        LessonTexts Texts(string language) => LessonFile.ReadTexts(Path.Combine(folder, $"convolution.{language}.json"), lesson);
    }

    private static async Task OpenLessonAsync(IPage page, string step)
    {
        await page.Keyboard.PressAsync("n");
        string[] ids = [.. Shipped()[0].Steps.Select(one => one.Id)];
        for (int number = 1; number <= ids.Length; number++)
        {
            await Assertions.Expect(page.Locator("#guide-place")).ToHaveTextAsync($"{number} of 16", new() { Timeout = 30_000 });
            if (ids[number - 1] == step)
            {
                return;
            }

            await page.Locator("#guide-next").ClickAsync();
        }
    }

    // Each control that is quoted in a step, as the step's number and what names the control in every language.
    private async Task<IReadOnlyList<string>> NamedControlsAsync(TestPage server, string language)
    {
        (IPage page, _) = await browser.OpenAsync(null);
        await page.AddInitScriptAsync($"localStorage.setItem('language', '{language}')");
        await server.ShowAsync(3);
        await page.GotoAsync(server.Address.AbsoluteUri);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("n");
        LessonPlan lesson = Shipped()[0];
        LessonTexts? translated = lesson.Translations.FirstOrDefault(texts => texts.Language == language);
        List<string> found = [];
        foreach ((LessonStep step, int number) in lesson.Steps.Select((step, index) => (step, index + 1)))
        {
            LessonStepTexts? texts = translated?.Steps.First(one => one.Id == step.Id);
            string all = $"{texts?.Text ?? step.Text} {texts?.Question ?? step.Question} {texts?.Explanation ?? step.Explanation}";
            await Assertions.Expect(page.Locator("#guide-title")).ToHaveTextAsync(texts?.Title ?? step.Title);
            foreach (Match name in Quoted().Matches(all))
            {
                IJSHandle control = await page.WaitForFunctionAsync(ControlOfName, name.Groups[1].Value.Trim(), new() { Timeout = 30_000 });
                found.Add($"step {number}: {await control.JsonValueAsync<string>()}");
            }

            if (step.Id == "output-equation")
            {
                string[] terms = await page.EvaluateAsync<string[]>("""
                    () => ["stride", "padding"]
                      .map(name => document.querySelector(`#microscope [name=${name}]`).parentElement.firstChild.textContent.trim())
                    """);
                Assert.All(terms, term => Assert.Contains(term, all, StringComparison.OrdinalIgnoreCase));
            }

            if (number < lesson.Steps.Count)
            {
                await page.Locator("#guide-next").ClickAsync();
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("[„“\"«]([^„“”\"«»]+)[“”\"»]")]
    private static partial Regex Quoted();
}

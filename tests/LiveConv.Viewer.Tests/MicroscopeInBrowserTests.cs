using LiveConv.Page;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class MicroscopeInBrowserTests(Browser browser) : IClassFixture<Browser>
{
    // Which of what one looks at does not stand in sight, above the steps; products and sum are made anew with each image.
    private const string Essentials = """
        () => {
          const microscope = document.getElementById("microscope");
          microscope.scrollTop = 0;
          const top = document.getElementById("microscope-options").getBoundingClientRect().bottom;
          const bottom = document.getElementById("microscope-play-bar").getBoundingClientRect().top;
          const { left, right } = microscope.getBoundingClientRect();
          return ["#microscope-image .cells", "#microscope-output .cells", "#microscope-kernel .grid", "#microscope-step table",
            "#microscope-step table.secret", "#microscope-step .sum"].filter(selector => {
            const part = document.querySelector(selector);
            const boxes = part.matches(".cells") ? [part.firstElementChild, part.lastElementChild] : [part];
            return !boxes.map(each => each.getBoundingClientRect()).every(box => box.height > 3 && box.top >= top - 1
              && box.bottom <= bottom + 1 && box.left >= left - 1 && box.right <= right + 1);
          }).join();
        }
        """;

    private static readonly LocatorAssertionsToHaveTextOptions Slow = new() { Timeout = 30_000 };

    [SkippableFact]
    public async Task Step_OnTheCamerasImage_ShowsTheEnginesNumbers()
    {
        // Four by four pixels a cell: their mean is easy to check.
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        byte[] luma = server.Luma(5);
        int[] cells = [.. Enumerable.Range(0, 16 * 12).Select(cell => Mean(luma, 4 * (cell % 16), 4 * (cell / 16)))];

        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-image .cells span").First).ToHaveTextAsync($"{cells[0]}", Slow);
        Assert.Equal(cells.Select(cell => $"{cell}"), await page.Locator("#microscope-image .cells span").AllTextContentsAsync());
        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 14 × 10", Slow);

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");

        int[] sums = [.. Enumerable.Range(0, 3).Select(j => cells[((1 + j) * 16) + 1] - cells[((1 + j) * 16) + 3])];
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToHaveTextAsync($"{sums.Sum()}".Replace('-', '−'), Slow);
        await Assertions.Expect(page.Locator("#microscope-output .hidden-cell")).ToHaveCountAsync((14 * 10) - 16);
        await Assertions.Expect(page.Locator("#microscope-image .marked")).ToHaveCountAsync(9);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Sliders_Moved_ChangeTheOutputsSizeAndItsEquation()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        await page.Keyboard.PressAsync("u");

        await page.Locator("#microscope [name=stride]").FillAsync("2");
        await page.Locator("#microscope [name=padding]").FillAsync("1");

        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 8 × 6", Slow);
        await Assertions.Expect(page.Locator("#microscope-equation p").First).ToContainTextAsync("⌊(16 + 2·1 − 3) / 2⌋ + 1 = 8");
        await page.Locator("#microscope [name=kind]").SelectOptionAsync("transposed");
        await Assertions.Expect(page.Locator("#microscope-equation p").First).ToContainTextAsync("(16 − 1)·2 − 2·1 + 3 = 31");
        await page.Locator("#microscope [name=kind]").SelectOptionAsync("maxPool");
        await Assertions.Expect(page.Locator("#microscope-step")).ToContainTextAsync("largest");
        await page.Locator("#microscope [name=padding]").FillAsync("4");
        await Assertions.Expect(page.Locator("#microscope-fault")).ToContainTextAsync("at most half");
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(720, 450)]
    [InlineData(844, 390)]
    [InlineData(390, 844)]
    [InlineData(1280, 600)]
    public async Task Cells_InASmallWindow_CanBeRead_AndSoCanTheSum(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 14 × 10", Slow);
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#microscope-output .hidden-cell")).ToHaveCountAsync(0);

        // Large enough, and not cut.
        string[] cut = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("#microscope .cells span")]
              .filter(cell => parseFloat(getComputedStyle(cell).fontSize) < 9 || cell.scrollWidth > cell.clientWidth)
              .map(cell => cell.textContent)
            """);
        Assert.Empty(cut);

        await page.WaitForFunctionAsync($"() => ({Essentials})() === ''");
        await Assertions.Expect(page.Locator("#microscope-options [data-key='u']")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(720, 450, false)]
    [InlineData(844, 390, true)]
    [InlineData(640, 360, false)]
    [InlineData(640, 360, true)]
    [InlineData(390, 844, true)]
    public async Task Parts_InASmallWindow_AreReachedByScrollingDown(int width, int height, bool hasLesson)
    {
        await using TestPage server = await TestPage.StartAsync(options: new() { Format = PageFormat.Raw, Lessons = GuideTests.Shipped });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        if (hasLesson)
        {
            await page.Keyboard.PressAsync("n");
            await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", new() { Timeout = 30_000 });
        }

        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 14 × 10", Slow);
        Assert.Equal("", await page.EvaluateAsync<string>(Essentials));
        await page.Locator("#microscope-settings").ClickAsync();
        await Assertions.Expect(page.Locator("#microscope-settings")).ToHaveAttributeAsync("aria-expanded", "true");

        string[] cut = await page.EvaluateAsync<string[]>("""
            () => {
              const microscope = document.getElementById("microscope");
              const parts = [...microscope.querySelectorAll("button, select, input, #microscope-equation p, .cells span:nth-last-child(1)")]
                .filter(part => part.checkVisibility());
              const sideways = [microscope, ...microscope.querySelectorAll(".bar, figure, #microscope-work, #microscope-equation")]
                .filter(part => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "contents");
              return [...sideways, ...parts.filter(part => {
                part.scrollIntoView({ block: "nearest", inline: "nearest" });
                const { left, top, right, bottom } = part.getBoundingClientRect();
                const middle = (top + bottom) / 2;
                return ![[left + 3, middle], [right - 3, middle], [(left + right) / 2, top + 3], [(left + right) / 2, bottom - 3]]
                  .every(([x, y]) => part.contains(document.elementFromPoint(x, y)));
              })].map(part => part.id || part.name || part.textContent || part.className);
            }
            """);
        Assert.Empty(cut);

        // Nothing peeps out beside or below the steps.
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              document.getElementById("microscope").scrollTop = 0;
              const [bar, all] = ["microscope-play-bar", "microscope"].map(id => document.getElementById(id).getBoundingClientRect());
              return Math.abs(bar.bottom - all.bottom) <= 1;
            }
            """));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task BorderAndFlip_AreSliders_WhosePlacesHaveNames()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        await page.Keyboard.PressAsync("u");
        ILocator border = page.GetByRole(AriaRole.Slider, new() { Name = "Border" });
        ILocator flip = page.GetByRole(AriaRole.Slider, new() { Name = "Flip" });
        ILocator sum = page.Locator("#microscope-step .sum");
        await Assertions.Expect(border).ToHaveAttributeAsync("aria-valuetext", "zeros", new() { Timeout = 30_000 });
        string upright = (await sum.TextContentAsync())!;

        await flip.FillAsync("1");

        await Assertions.Expect(flip).ToHaveAttributeAsync("aria-valuetext", "180°: convolution");
        await Assertions.Expect(sum).ToHaveTextAsync(upright.StartsWith('−') ? upright[1..] : $"−{upright}");
        await page.Locator("#microscope [name=padding]").FillAsync("1");
        await Assertions.Expect(page.Locator("#microscope-image .cells span").First).ToHaveTextAsync("0", Slow);
        await border.FillAsync("3");
        await Assertions.Expect(border).ToHaveAttributeAsync("aria-valuetext", "mirror");
        await Assertions.Expect(page.Locator("#microscope-image .cells span").First).Not.ToHaveTextAsync("0", Slow);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Image_Painted_IsFilteredAsItWasPainted()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 14 × 10", Slow);
        await page.GetByRole(AriaRole.Button, new() { Name = "Empty" }).ClickAsync();
        await Assertions.Expect(page.Locator("#microscope-image .cells span").Nth(5)).ToHaveTextAsync("0", Slow);

        await page.Locator("#microscope-brush").SelectOptionAsync("255");
        await page.Locator("#microscope-image .cells span").Nth(2).ClickAsync();

        await Assertions.Expect(page.Locator("#microscope-image .cells span").Nth(2)).ToHaveTextAsync("255", Slow);
        await page.Locator("#microscope-image .cells").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToHaveTextAsync("−255", Slow);
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#microscope-image .cells span").Nth(17)).ToHaveTextAsync("255", Slow);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Play_FillsTheOutput()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 14 × 10", Slow);
        await page.Locator("#microscope [name=stride]").FillAsync("4");
        await Assertions.Expect(page.Locator("#microscope-sizes")).ToHaveTextAsync("16 × 12 → 4 × 3", Slow);
        await page.Locator("#microscope-speed").FillAsync("8");

        await page.Locator("#microscope-play").ClickAsync();

        await Assertions.Expect(page.Locator("#microscope-output .hidden-cell")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#microscope-play")).ToHaveAttributeAsync("aria-pressed", "false", new() { Timeout = 30_000 });
    }

    private static int Mean(byte[] luma, int left, int top)
    {
        int sum = 0;
        for (int i = 0; i < 16; i++)
        {
            sum += luma[((top + (i / 4)) * 64) + left + (i % 4)];
        }

        return (sum + 8) / 16;
    }
}

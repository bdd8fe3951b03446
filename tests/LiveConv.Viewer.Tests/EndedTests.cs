using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>What a page shows of a source that has ended.</summary>
public sealed class EndedTests(Browser browser) : IClassFixture<Browser>
{
    // What lies over the middle of the button, with the microscope and notices about it.
    private const string OverTheButton = """
        () => {
          document.getElementById("ended").hidden = false;
          for (let count = 0; count < 3; count++) {
            const line = document.createElement("p");
            line.textContent = "A notice of many words, as long as they come. ".repeat(3);
            document.getElementById("notices").append(line);
          }
          const { left, top, width, height } = document.getElementById("replay").getBoundingClientRect();
          return document.elementFromPoint(left + width / 2, top + height / 2)?.id;
        }
        """;

    [SkippableFact]
    public async Task Source_ThatHasEnded_IsSaidInThePagesWords_WithoutTheColourOfLive()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        string live = await ColourAsync(page);

        server.Notices.Info("noise has ended; its last image stays until q or Ctrl+C", Audience.Terminal);
        server.Notices.Info("for all", Audience.Everybody);
        server.Source = server.Source with { IsHeld = true };

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Ended");
        await Assertions.Expect(page.Locator("#notices p")).ToHaveTextAsync(["for all"]);

        // The state and the notice for all come in either order.
        await Assertions.Expect(page.Locator("#log-list li", new() { HasText = "noise has ended." })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#log-list li")).ToHaveCountAsync(2);
        Assert.NotEqual(live, await ColourAsync(page));
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(1440, 900)]
    [InlineData(844, 390)]
    [InlineData(390, 844)]
    public async Task PlayAgain_WithATool_AndNotices_CanBeClicked(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-grids")).ToBeVisibleAsync();

        Assert.Equal("replay", await page.EvaluateAsync<string>(OverTheButton));
    }

    private static Task<string> ColourAsync(IPage page) => page.EvaluateAsync<string>(
        "() => getComputedStyle(document.getElementById('status'), '::before').backgroundColor");
}

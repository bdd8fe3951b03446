using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The footer's buttons, of which those that do not fit are in a menu.</summary>
internal static class Controls
{
    /// <summary>Presses a button, wherever it is.</summary>
    public static async Task PressControlAsync(this IPage page, string selector)
    {
        await Assertions.Expect(page.Locator("body[data-role]")).ToHaveCountAsync(1);
        ILocator button = page.Locator(selector);
        if (!await button.IsVisibleAsync())
        {
            await page.Locator("#more").ClickAsync();
        }

        await button.ClickAsync();
    }
}

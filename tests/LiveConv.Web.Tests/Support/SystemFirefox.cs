using Microsoft.Playwright;

namespace LiveConv.Web.Tests;

/// <summary>The system's own Firefox, headless, driven by WebDriver BiDi, with the camera that it has for tests.</summary>
internal static class SystemFirefox
{
    private static readonly string[] Places = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

    /// <summary>Where it is; null when it is not installed.</summary>
    public static string? Path => Array.Find(Places, File.Exists);

    /// <summary>Starts it.</summary>
    /// <param name="playwright">What drives it.</param>
    /// <param name="path">Where it is.</param>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) =>
        playwright.Firefox.LaunchAsync(new BrowserTypeLaunchOptions
        {
            // Playwright's name for Firefox as Mozilla builds it, by its own protocol else.
            Channel = "moz-firefox",
            ExecutablePath = path,
            FirefoxUserPrefs = new Dictionary<string, object>
            {
                ["media.navigator.streams.fake"] = true,
                ["media.navigator.permission.disabled"] = true,
            },
        });
}

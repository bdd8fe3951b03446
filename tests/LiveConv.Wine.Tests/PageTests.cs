using Microsoft.Playwright;

namespace LiveConv.Wine.Tests;

/// <summary>The page of the Windows build in this machine's browser.</summary>
[Collection(WindowsBuild.Others)]
public sealed class PageTests(WindowsBuild build) : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private const float TimeoutMs = 60_000;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Page_ShowsTheMapsAndItsKeysChangeThePreset()
    {
        Skip.IfNot(File.Exists(Chromium), "chromium is not installed");
        using WineProcess run = build.Start(folder.FullName, "--source", "test", "--size", "160x120", "--view", "page");
        string line = await run.ErrorLineAsync("http://localhost:");
        string address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0];
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        IPage page = await browser.NewPageAsync();
        page.SetDefaultTimeout(TimeoutMs);
        var expect = new LocatorAssertionsToHaveTextOptions { Timeout = TimeoutMs };

        await page.GotoAsync(address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live", expect);
        await page.WaitForFunctionAsync("() => Number(document.querySelector('#left canvas').dataset.sequence) > 10");
        await page.Keyboard.PressAsync("2");
        await page.WaitForFunctionAsync("() => document.title.includes('Sobel 3x3') || document.body.innerText.includes('Sobel 3x3')");
    }
}

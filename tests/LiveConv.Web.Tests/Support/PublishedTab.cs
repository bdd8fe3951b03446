using Microsoft.Playwright;

namespace LiveConv.Web.Tests;

/// <summary>All tests share what is published, and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedTabTestGroup : ICollectionFixture<PublishedTab>
{
    public const string Name = "published tab";
}

/// <summary>
/// The published folder, and headless browsers: Chromium with a camera that plays a clip, Firefox with the one that it has for tests.
/// </summary>
public sealed class PublishedTab : IAsyncLifetime
{
    private readonly string video = CameraClip.Write();
    private IPlaywright? playwright;
    private IBrowser? chromium;
    private IBrowser? firefox;

    /// <summary>What a web server serves.</summary>
    public string Folder { get; } = RepositoryFiles.PathOf("artifacts", "web", "wwwroot");

    public async Task InitializeAsync()
    {
        string output = Path.GetDirectoryName(Folder)!;
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        // As if another version had been published there before, and somebody had put a file beside it.
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "sw.js"), """const files = ["./", "earlier.js", "../outside.txt"];""");
        foreach (string name in (string[])["index.html", "earlier.js", "own.txt", "../outside.txt"])
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, name), name);
        }

        await CommandRun.DoneAsync(
            "dotnet",
            [
                "publish", RepositoryFiles.PathOf("src", "LiveConv.Web"), "-c", "Release", "-o", output, "-v", "quiet", "--nologo",
                "-p:RunAnalyzers=false",
            ]);
        if (SystemChromium.Path is not { } path)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        chromium = await SystemChromium.LaunchAsync(playwright, path, video);
    }

    /// <summary>Opens a page in Chromium, in a fresh profile. Skips the test without it.</summary>
    internal Task<TabPage> OpenAsync(Uri address, params string[] permissions) =>
        OpenAsync(address, TabBrowser.Chromium, new BrowserNewContextOptions { Permissions = permissions });

    /// <summary>Opens a page in a fresh profile, and collects what its console says. Skips the test without the browser.</summary>
    internal async Task<TabPage> OpenAsync(Uri address, TabBrowser browser, BrowserNewContextOptions? options = null)
    {
        IBrowser started = await StartedAsync(browser);
        options ??= new BrowserNewContextOptions();
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 800 };
        IBrowserContext context = await started.NewContextAsync(options);
        var tab = new TabPage(context, await context.NewPageAsync());
        await tab.Page.GotoAsync(address.AbsoluteUri);
        return tab;
    }

    /// <summary>Starts a Chromium of its own, whose camera plays a clip. Skips the test without it.</summary>
    internal async Task<IBrowser> LaunchAsync(string? clip)
    {
        Skip.If(SystemChromium.Path is null, "chromium is not installed");
        return await SystemChromium.LaunchAsync(playwright!, SystemChromium.Path!, clip ?? video);
    }

    private async Task<IBrowser> StartedAsync(TabBrowser browser)
    {
        if (browser == TabBrowser.Chromium)
        {
            Skip.If(chromium is null, "chromium is not installed");
            return chromium!;
        }

        Skip.If(SystemFirefox.Path is null, "firefox-esr is not installed");
        playwright ??= await Playwright.CreateAsync();
        return firefox ??= await SystemFirefox.LaunchAsync(playwright, SystemFirefox.Path!);
    }

    public async Task DisposeAsync()
    {
        foreach (IBrowser? browser in (IBrowser?[])[chromium, firefox])
        {
            if (browser is not null)
            {
                await browser.DisposeAsync();
            }
        }

        playwright?.Dispose();
        File.Delete(video);
    }
}

using Microsoft.Playwright;

namespace LiveConv.Web.Tests;

/// <summary>All tests share what is published, and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedTabTestGroup : ICollectionFixture<PublishedTab>
{
    public const string Name = "published tab";
}

/// <summary>The published folder, and a headless Chromium with a camera that plays a clip.</summary>
public sealed class PublishedTab : IAsyncLifetime
{
    private readonly string video = CameraClip.Write();
    private IPlaywright? playwright;
    private IBrowser? chromium;

    /// <summary>What a web server serves.</summary>
    public string Folder { get; } = RepositoryFiles.PathOf("artifacts", "web", "wwwroot");

    public async Task InitializeAsync()
    {
        string output = Path.GetDirectoryName(Folder)!;
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
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
        chromium = await SystemChromium.LaunchAsync(playwright, path, video, "--auto-select-desktop-capture-source=Entire screen");
    }

    /// <summary>Opens a page in a fresh profile, and collects what its console says. Skips the test without a browser.</summary>
    internal async Task<TabPage> OpenAsync(Uri address, params string[] permissions)
    {
        Skip.If(chromium is null, "chromium is not installed");
        IBrowserContext context = await chromium!.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, Permissions = permissions });
        var tab = new TabPage(context, await context.NewPageAsync());
        await tab.Page.GotoAsync(address.AbsoluteUri);
        return tab;
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
        File.Delete(video);
    }
}

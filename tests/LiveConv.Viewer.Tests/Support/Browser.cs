using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>One headless Chromium, the system's own, for all tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private string? video;

    // Closed when the next one opens: a page whose server is gone would go on looking for it, and find another test's.
    private IPage? last;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        if (SystemChromium.Path is not { } path)
        {
            return;
        }

        video = CameraClip.Write();
        playwright = await Playwright.CreateAsync();

        // A proxy of these tests signs its certificate itself; downloads are to take that too.
        chromium = await SystemChromium.LaunchAsync(playwright, path, video, "--ignore-certificate-errors");
    }

    /// <summary>Opens a page in a fresh profile and collects what its console says. Skips the test without a browser.</summary>
    public async Task<(IPage Page, IReadOnlyList<string> Complaints)> OpenAsync(Uri? address, int width = 1440, int height = 900)
    {
        Skip.If(chromium is null, "chromium is not installed");
        await (last?.CloseAsync() ?? Task.CompletedTask);
        IPage page = last =
            await chromium!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        List<string> complaints = SystemChromium.ComplaintsOf(page);
        if (address is not null)
        {
            await page.GotoAsync(address.AbsoluteUri);
        }

        return (page, complaints);
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
        if (video is not null)
        {
            File.Delete(video);
        }
    }
}

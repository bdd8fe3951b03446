using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>One headless Chromium, the system's own, for all tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // A busy machine is no failure.
    private const float TimeoutMs = 30_000;
    private string? video;

    // Closed when the next one opens: a page whose server is gone would go on looking for it, and find another test's.
    private IPage? last;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } path)
        {
            return;
        }

        video = CameraClip.Write();
        Assertions.SetDefaultExpectTimeout(TimeoutMs);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream",

                // A proxy of these tests signs its certificate itself; downloads are to take that too.
                "--ignore-certificate-errors",
                $"--use-file-for-fake-video-capture={video}",
            ],
        });
    }

    /// <summary>Opens a page in a fresh profile and collects what its console says. Skips the test without a browser.</summary>
    public async Task<(IPage Page, IReadOnlyList<string> Complaints)> OpenAsync(Uri? address, int width = 1440, int height = 900)
    {
        Skip.If(chromium is null, "chromium is not installed");
        await (last?.CloseAsync() ?? Task.CompletedTask);
        IPage page = last =
            await chromium!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
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

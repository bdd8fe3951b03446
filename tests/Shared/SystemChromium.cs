using Microsoft.Playwright;

namespace LiveConv.Tests;

/// <summary>The system's own Chromium, headless, with a camera that plays a clip.</summary>
internal static class SystemChromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // A busy machine is no failure.
    private const float TimeoutMs = 30_000;

    /// <summary>Where it is; null when it is not installed.</summary>
    public static string? Path => Array.Find(Places, File.Exists);

    /// <summary>Starts it, and lets expectations wait as long as a busy machine takes.</summary>
    /// <param name="playwright">What drives it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="video">The clip of its camera.</param>
    /// <param name="arguments">What else it is started with.</param>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path, string video, params string[] arguments)
    {
        Assertions.SetDefaultExpectTimeout(TimeoutMs);
        return playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream",
                $"--use-file-for-fake-video-capture={video}", .. arguments,
            ],
        });
    }

    /// <summary>Collects the errors and warnings of a page's console from now on.</summary>
    public static List<string> ComplaintsOf(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }
}

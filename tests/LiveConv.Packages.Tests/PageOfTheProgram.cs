using System.Diagnostics;
using Microsoft.Playwright;

namespace LiveConv.Packages.Tests;

/// <summary>The program with a clip that stands still, and its page in a browser. What is started here ends with it.</summary>
internal sealed class PageOfTheProgram : IAsyncDisposable
{
    private const float TimeoutMs = 60_000;
    private const string Drawn = "Number(document.querySelector('#left canvas').dataset.sequence ?? 0)";
    private readonly Process program;
    private IPlaywright? playwright;
    private IBrowser? browser;

    private PageOfTheProgram(Process program) => this.program = program;

    /// <summary>The page, paused.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>Starts both, and waits until the clip is drawn.</summary>
    public static async Task<PageOfTheProgram> OpenAsync(
        string program, string chromium, string clip, string folder, ViewportSize size)
    {
        var start = new ProcessStartInfo(program, ["--source", clip, "--loop", "--no-open", "--page-format", "raw"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var opened = new PageOfTheProgram(Process.Start(start)!);
        try
        {
            await opened.ShowAsync(await AddressAsync(opened.program), chromium, size);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shows later frames of the clip, one after the other.</summary>
    public async Task StepAsync(int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            int before = await Page.EvaluateAsync<int>(Drawn);
            await Page.Keyboard.PressAsync(".");
            await Page.WaitForFunctionAsync($"before => {Drawn} > before", before);
        }
    }

    /// <summary>Presses a key, and waits for a title that has the text.</summary>
    public async Task PressAsync(string key, string title)
    {
        await Page.Keyboard.PressAsync(key);
        await Page.WaitForFunctionAsync("title => document.title.includes(title)", title);
    }

    /// <summary>Waits until a part of the page is on show.</summary>
    public Task SeeAsync(string selector) =>
        Assertions.Expect(Page.Locator(selector).First).ToBeVisibleAsync(new() { Timeout = TimeoutMs });

    /// <summary>Writes what the page shows into a PNG file.</summary>
    public Task ShootAsync(string path) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
        program.Kill();
        await program.WaitForExitAsync();
        program.Dispose();
    }

    private static async Task<string> AddressAsync(Process program)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(TimeoutMs));
        _ = program.StandardOutput.ReadToEndAsync();
        while (await program.StandardError.ReadLineAsync(timeout.Token) is { } line)
        {
            int at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = program.StandardError.ReadToEndAsync();
                return line[at..].Split(' ')[0];
            }
        }

        throw new InvalidOperationException("liveconv ended without an address");
    }

    private async Task ShowAsync(string address, string chromium, ViewportSize size)
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        Page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = size, ColorScheme = ColorScheme.Dark });
        Page.SetDefaultTimeout(TimeoutMs);
        await Page.GotoAsync(address);
        await Page.WaitForFunctionAsync($"() => {Drawn} > 3");
        await Page.Keyboard.PressAsync("p");
        await Assertions.Expect(Page.Locator("#status")).ToHaveTextAsync("Paused", new() { Timeout = TimeoutMs });
    }
}

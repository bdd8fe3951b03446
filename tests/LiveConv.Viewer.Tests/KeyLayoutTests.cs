using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>Keys of keyboards that are not American, as Chromium reports them.</summary>
public sealed class KeyLayoutTests(Browser browser) : IClassFixture<Browser>
{
    private const int None = 0;
    private const int Option = 1;
    private const int Control = 2;
    private const int AltGr = 3;
    private const int Command = 4;
    private const int Shift = 8;

    [SkippableTheory]
    [InlineData("Russian", "й", "KeyQ", None, "quit")]
    [InlineData("Russian, upper case", "Й", "KeyQ", Shift, "quit")]
    [InlineData("Russian", "з", "KeyP", None, "paused")]
    [InlineData("Russian", "к", "KeyR", None, "recording")]
    [InlineData("Russian", "ъ", "BracketRight", None, "sobel")]
    [InlineData("Russian", "х", "BracketLeft", None, "sobel")]
    [InlineData("Russian", "ю", "Period", None, "paused")]
    [InlineData("Bulgarian, another place for the letter", "р", "KeyH", None, "help")]
    [InlineData("Greek", ";", "KeyQ", None, "quit")]
    [InlineData("Greek", "π", "KeyP", None, "paused")]
    [InlineData("Hebrew", "/", "KeyQ", None, "quit")]
    [InlineData("Hebrew", "פ", "KeyP", None, "paused")]
    [InlineData("Arabic", "ح", "KeyP", None, "paused")]
    [InlineData("Arabic digits", "٢", "Digit2", None, "sobel")]
    [InlineData("Persian digits", "۲", "Numpad2", None, "sobel")]
    [InlineData("Korean", "ㅔ", "KeyP", None, "paused")]
    [InlineData("Thai vowel", "ย", "KeyP", None, "paused")]
    [InlineData("Japanese, by an input method", "Process", "KeyP", None, "paused")]
    [InlineData("full-width", "ｐ", "KeyP", None, "paused")]
    [InlineData("Dvorak: the letter counts", "p", "KeyR", None, "paused")]
    [InlineData("Dvorak: not its place", "l", "KeyP", None, "recordings")]
    [InlineData("Dvorak: no letter", "'", "KeyQ", None, "")]
    [InlineData("French: the letter counts", "a", "KeyQ", None, "")]
    [InlineData("French digit", "é", "Digit2", None, "sobel")]
    [InlineData("French digit with Shift", "2", "Digit2", Shift, "sobel")]
    [InlineData("US with Shift", "@", "Digit2", Shift, "")]
    [InlineData("German with AltGr on Windows", "]", "Digit9", AltGr, "sobel")]
    [InlineData("German with Option", "]", "Digit6", Option, "sobel")]
    [InlineData("US with Ctrl and Alt", "]", "BracketRight", AltGr, "sobel")]
    [InlineData("Spanish dead key", "Dead", "BracketLeft", None, "sobel")]
    [InlineData("Option that types a Greek letter", "π", "KeyP", Option, "")]
    [InlineData("Option that types a letter", "r", "KeyR", Option, "")]
    [InlineData("number pad without NumLock", "Home", "Numpad2", None, "")]
    [InlineData("the browser's own", "]", "BracketRight", Command, "")]
    [InlineData("the browser's own", "p", "KeyP", Control, "")]
    [InlineData("the browser's own", "з", "KeyP", Control, "")]
    public async Task Key_OfALayout_Does(string layout, string key, string code, int modifiers, string effect)
    {
        await using TestPage server = await TestPage.StartAsync();
        bool isQuit = false;
        server.Controls.QuitRequested += () => isQuit = true;
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        await PressAsync(page, key, code, modifiers);

        // A preset by its menu goes the same way as the key, behind it.
        string expected = effect == "sobel" ? "seed" : "sobel";
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync(effect == "sobel" ? "sobel" : "seed");
        await page.Locator("#presets").SelectOptionAsync(effect == "sobel" ? "seed" : "sobel");
        using (var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
        {
            // The menu itself shows it before it has arrived.
            while (server.Controls.Preset.Id != expected)
            {
                await Task.Delay(10, timeout.Token);
            }
        }

        bool hasHelp = await page.Locator("#help").IsVisibleAsync();
        bool hasRecordings = await page.Locator("#recordings").IsVisibleAsync();
        var effects = new Dictionary<string, bool>
        {
            ["quit"] = isQuit,
            ["paused"] = server.Controls.IsPaused,
            ["recording"] = server.Controls.IsRecording,
            ["help"] = hasHelp,
            ["recordings"] = hasRecordings,
        };
        Assert.True(
            effects.All(one => one.Value == (one.Key == effect)),
            $"{layout}: {string.Join(", ", effects.Where(one => one.Value).Select(one => one.Key))}");
    }

    private static async Task PressAsync(IPage page, string key, string code, int modifiers)
    {
        ICDPSession devTools = await page.Context.NewCDPSessionAsync(page);
        foreach (string type in (string[])["rawKeyDown", "keyUp"])
        {
            await devTools.SendAsync("Input.dispatchKeyEvent", new Dictionary<string, object>
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = code,
                ["modifiers"] = modifiers,
            });
        }
    }
}

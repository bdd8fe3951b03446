using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveConv.Web.Tests;

/// <summary>The page in a tab, as people use it.</summary>
[Collection(PublishedTabTestGroup.Name)]
public sealed class TabTests(PublishedTab published)
{
    private const string Prefix = "/some/where/";

    [SkippableFact]
    public async Task Tab_UnderAPrefix_HasWhatThePageHas_AndGoesOnWithoutAServer()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, Prefix);
        await using TabPage tab = await published.OpenAsync(site.Address);
        IPage page = tab.Page;
        await tab.DrawnAsync();
        await Expect(page.Locator("#source")).ToContainTextAsync("test scene");
        await Expect(page.Locator("#second-window")).ToBeHiddenAsync();

        // Whole, though they are drawn smaller.
        Assert.Equal(640, await page.EvaluateAsync<int>("() => document.querySelector('#left canvas').width"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('#left canvas').getBoundingClientRect().width < 640"));

        await page.SelectOptionAsync("#presets", "sobel");
        await Expect(page).ToHaveTitleAsync("Sobel 3x3 – LiveConv");
        await page.Keyboard.PressAsync("[");
        await Expect(page).Not.ToHaveTitleAsync("Sobel 3x3 – LiveConv");
        await page.SelectOptionAsync("#presets", "sobel");

        await page.Keyboard.PressAsync("e");
        await page.Locator("#editor-kernels fieldset:first-child td input").First.FillAsync("3");
        await Expect(page.Locator("#presets optgroup[label='Your edits'] option")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator("#status")).ToHaveTextAsync("Paused");
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("i");
        await Expect(page.Locator("#figures-now")).ToContainTextAsync("measured");
        await page.Keyboard.PressAsync("i");
        await page.Keyboard.PressAsync("w");
        await Expect(page.Locator("#wall canvas").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("w");
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("#guide-title")).Not.ToBeEmptyAsync();
        await page.Keyboard.PressAsync("n");
        await page.Keyboard.PressAsync("t");
        await page.Locator("#learning-start").ClickAsync();
        await Expect(page.Locator("#learning-kernels table").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("q");
        await Expect(page.Locator("#notices")).ToContainTextAsync("close this tab");

        Assert.Empty(tab.Complaints);
        Assert.Empty(site.Missing);
        Assert.All(tab.Requests, url => Assert.True(
            url.StartsWith(site.Address.AbsoluteUri, StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal), url));

        await page.WaitForFunctionAsync("""
            async () => (await navigator.serviceWorker.ready).active?.state === "activated" && navigator.serviceWorker.controller !== null
            """);
        await site.StopAsync();
        await page.ReloadAsync();
        await tab.DrawnAsync();
        await page.GotoAsync(new Uri(site.Address, "convolution.html").AbsoluteUri);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public void Folder_Whole_IsSmall()
    {
        long bytes = new DirectoryInfo(published.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

        Assert.InRange(bytes, 1, 5_000_000);
        Assert.InRange(Directory.EnumerateFiles(published.Folder, "*", SearchOption.AllDirectories).Sum(Compressed), 1, 3_000_000);
    }

    // As web servers send it.
    private static long Compressed(string path)
    {
        if (Path.GetExtension(path) is ".bin" or ".png")
        {
            return new FileInfo(path).Length;
        }

        using var sent = new MemoryStream();
        using (var brotli = new BrotliStream(sent, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(File.ReadAllBytes(path));
        }

        return sent.Length;
    }

    [SkippableFact]
    public void Folder_PublishedIntoAgain_HasItsOwnFilesAndThoseOfOthers()
    {
        string list = File.ReadAllText(Path.Combine(published.Folder, "sw.js"));
        list = Regex.Match(list, @"files = \[[^\]]*").Value;
        string[] kept = [.. Regex.Matches(list, "\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        string[] there =
        [
            .. Directory.EnumerateFiles(published.Folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(published.Folder, path)),
        ];

        Assert.DoesNotContain("earlier.js", there);
        Assert.Equal("own.txt", File.ReadAllText(Path.Combine(published.Folder, "own.txt")));
        Assert.True(File.Exists(Path.Combine(published.Folder, "..", "outside.txt")));
        Assert.Equal(
            there.Where(name => name is not ("own.txt" or "sw.js")).Order(),
            kept.Select(name => name == "./" ? "index.html" : name).Order());
    }
}

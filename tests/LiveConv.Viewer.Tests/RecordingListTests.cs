using System.Net;
using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class RecordingListTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5];
    private readonly RecordedFiles files = new(TimeProvider.System);
    private readonly string path = Path.Combine(Path.GetTempPath(), $"liveconv édges {Guid.NewGuid():N}.mkv");

    public void Dispose() => File.Delete(path);

    [SkippableFact]
    public async Task Recording_Finished_IsListedAndDownloaded()
    {
        await File.WriteAllBytesAsync(path, Content);
        await using TestPage server = await TestPage.StartAsync(options: new PageOptions { Recordings = files });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("l");
        await Assertions.Expect(page.Locator("#recordings-none")).ToBeVisibleAsync();

        files.Begin(path);
        await Assertions.Expect(page.Locator("#recordings-list")).ToContainTextAsync("being written");
        await Assertions.Expect(page.Locator("#recorded")).ToContainTextAsync("0:0");
        files.End(path);
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#recordings-list a").ClickAsync());

        Assert.Equal(Path.GetFileName(path), download.SuggestedFilename);
        Assert.Equal(Content, await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("recordings/0", true, HttpStatusCode.NotFound)]
    [InlineData("recordings/1", true, HttpStatusCode.OK)]
    [InlineData("recordings/1", false, HttpStatusCode.Forbidden)]
    [InlineData("recordings/2", true, HttpStatusCode.NotFound)]
    [InlineData("recordings/-1", true, HttpStatusCode.NotFound)]
    [InlineData("recordings/..%2f..%2fetc%2fpasswd", true, HttpStatusCode.NotFound)]
    [InlineData("recordings", true, HttpStatusCode.NotFound)]
    public async Task Download_Asked_AnswersWith(string address, bool hasToken, HttpStatusCode expected)
    {
        await File.WriteAllBytesAsync(path, Content);
        files.Begin(path + ".unfinished");
        files.Begin(path);
        files.End(path);
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Recordings = files });
        using var handler =
            new HttpClientHandler { CookieContainer = hasToken ? await TestClient.TakeTokenAsync(page.Address) : new CookieContainer() };
        using var http = new HttpClient(handler);

        using HttpResponseMessage response = await http.GetAsync(page.Address + address);

        Assert.Equal(expected, response.StatusCode);
    }
}

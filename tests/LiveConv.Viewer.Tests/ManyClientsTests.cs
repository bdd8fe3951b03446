using System.Net.WebSockets;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class ManyClientsTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string Row = "[" + string.Join(',', Enumerable.Repeat("-0.12345678", 15)) + "]";
    private static readonly string Square = "[" + string.Join(',', Enumerable.Repeat(Row, 15)) + "]";
    private static readonly string LongEdit =
        "{\"edit\":{\"version\":1,\"name\":\"Large\",\"vertical\":" + Square + ",\"horizontal\":" + Square + "}}";

    [Fact]
    public async Task EightClients_OneThatNeverReads_SlowsNobody()
    {
        await using TestPage page = await TestPage.StartAsync(width: 640, height: 480);
        using TestClient deaf = await TestClient.ConnectAsync(page);
        TestClient[] others = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => TestClient.ConnectAsync(page)));
        for (int number = 1; number <= 30; number++)
        {
            await page.ShowAsync(number);
            foreach (TestClient client in others)
            {
                ReceivedImage image = await client.ImageAsync();
                Assert.Equal(number, image.Sequence);
                await client.AcknowledgeAsync(image);
            }
        }

        // The newest maps and their frame, and nothing for the client that never read.
        Assert.Equal(2, page.BuffersOut);
        Array.ForEach(others, client => client.Dispose());
    }

    [SkippableFact]
    public async Task SeventeenthPage_Connecting_IsRefusedBecauseThereAreSixteenAndComesLater()
    {
        await using TestPage server = await TestPage.StartAsync();
        System.Net.CookieContainer token = await TestClient.TakeTokenAsync(server.Address);
        TestClient[] clients = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TestClient.ConnectAsync(server, cookies: token)));

        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => TestClient.ConnectAsync(server, cookies: token));
        (IPage page, _) = await browser.OpenAsync(server.Address);

        Assert.Contains("503", refusal.Message, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#banner")).ToHaveTextAsync("16 pages are connected, which is the most; close one of them");
        Array.ForEach(clients, client => client.Dispose());
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task MalformedMessages_FromManyClients_LeaveTheOthersAlone()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient good = await TestClient.ConnectAsync(page);
        System.Net.CookieContainer token = await TestClient.TakeTokenAsync(page.Address);
        for (int i = 0; i < 100; i++)
        {
            using TestClient bad = await TestClient.ConnectAsync(page, cookies: token);
            await bad.SendAsync($"{{\"nonsense\":{i}}}");
            await bad.UntilClosedAsync();
        }

        await page.ShowAsync(5);
        Assert.Equal(5, (await good.ImageAsync()).Sequence);
    }

    [Fact]
    public async Task LongEdit_WithinItsBound_IsRead()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        Assert.True(LongEdit.Length > Inbound.MaxBytes);

        await client.SendAsync(LongEdit);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await client.TextAsync("edited")).GetProperty("refused").ValueKind);
        Assert.Equal(15, page.Controls.Preset.Bank!.Filters[1].Kernel.Width);
    }

    [Fact]
    public async Task LongMessage_AfterALongEdit_IsRefusedAsEver()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.SendAsync(LongEdit);
        await client.TextAsync("edited");

        await client.SendAsync("{\"preset\":\"" + new string('x', Inbound.MaxBytes) + "\"}");
        await client.UntilClosedAsync();

        Assert.Equal(
            (WebSocketCloseStatus.MessageTooBig, $"a message has at most {Inbound.MaxBytes} bytes"),
            (client.CloseStatus, client.CloseReason));
    }

    [Fact]
    public async Task Edit_BeyondItsBound_IsRefusedWithItsOwnBound()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync("{\"edit\":\"" + new string('x', Inbound.MaxKernelBytes) + "\"}");
        await client.UntilClosedAsync();

        Assert.Equal(
            (WebSocketCloseStatus.MessageTooBig, $"kernels take at most {Inbound.MaxKernelBytes} bytes"),
            (client.CloseStatus, client.CloseReason));
    }

    [Fact]
    public async Task Edit_OfNonsense_IsRefusedAndTheKernelsStay()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync("""{"edit":{"version":1,"name":"Bad","vertical":[[1,2],[3]],"horizontal":[[1]]}}""");

        string reason = (await client.TextAsync("edited")).GetProperty("refused").GetString()!;
        Assert.Contains("row 1", reason, StringComparison.Ordinal);
        Assert.Equal("seed", page.Controls.Preset.Id);
    }
}

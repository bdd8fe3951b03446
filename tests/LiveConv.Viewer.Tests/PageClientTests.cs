using System.Net.WebSockets;
using System.Text.Json;
using LiveConv.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Viewer.Tests;

public sealed class PageClientTests
{
    [Fact]
    public async Task Image_Sent_HoldsTheEnginesMaps()
    {
        await using TestPage page = await TestPage.StartAsync(width: 33, height: 17);
        using TestClient client = await TestClient.ConnectAsync(page);

        (byte[] vertical, byte[] horizontal) = await page.ShowAsync(5);
        ReceivedImage image = await client.ImageAsync();

        Assert.Equal((33, 17, 5L, false), (image.Width, image.Height, image.Sequence, image.IsRepeat));
        Assert.Equal(vertical, image.Vertical);
        Assert.Equal(horizontal, image.Horizontal);
    }

    [Fact]
    public async Task Client_WithoutAcknowledging_GetsTwoImagesAndThenTheNewest()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await page.ShowAsync(1);
        ReceivedImage first = await client.ImageAsync();
        await page.ShowAsync(2);
        ReceivedImage second = await client.ImageAsync();
        for (int number = 3; number <= 50; number++)
        {
            await page.ShowAsync(number);
        }

        await client.AcknowledgeAsync(first);
        ReceivedImage third = await client.ImageAsync();

        Assert.Equal([1, 2, 50], new[] { first.Sequence, second.Sequence, third.Sequence });
        Assert.Equal(47, page.Stats.Dropped(DropCause.DisplayBusy));
    }

    [Fact]
    public async Task SlowClient_BesideAFastOne_GetsFewerNeverOlderImages()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient fast = await TestClient.ConnectAsync(page);
        using TestClient slow = await TestClient.ConnectAsync(page);
        await fast.TextAsync("state");
        await slow.TextAsync("state");
        for (int number = 1; number <= 20; number++)
        {
            await page.ShowAsync(number);
            ReceivedImage image = await fast.ImageAsync();
            Assert.Equal(number, image.Sequence);
            await fast.AcknowledgeAsync(image);
        }

        ReceivedImage first = await slow.ImageAsync();
        ReceivedImage second = await slow.ImageAsync();
        await slow.AcknowledgeAsync(second);
        ReceivedImage third = await slow.ImageAsync();

        Assert.Equal([1, 2, 20], new[] { first.Sequence, second.Sequence, third.Sequence });
        await fast.SendAsync("""{"key":"z"}""");
        await fast.TextAsync("stats");
        Assert.Equal(0, page.Stats.Dropped(DropCause.DisplayBusy));
    }

    [Fact]
    public async Task Client_ThatConnectsLate_GetsTheLastImage()
    {
        await using TestPage page = await TestPage.StartAsync();
        await page.ShowAsync(9);

        using TestClient client = await TestClient.ConnectAsync(page);

        Assert.Equal(9, (await client.ImageAsync()).Sequence);
    }

    [Fact]
    public async Task Age_Acknowledged_RunsFromCaptureOnTheServersClock()
    {
        var time = new FakeTimeProvider();
        await using TestPage page = await TestPage.StartAsync(time);
        using TestClient client = await TestClient.ConnectAsync(page);
        await page.ShowAsync(1);
        ReceivedImage image = await client.ImageAsync();
        time.Advance(TimeSpan.FromMilliseconds(40));

        await client.AcknowledgeAsync(image);
        await UntilHandledAsync(client);

        Assert.Equal(40, page.Stats.Whole().Age.P50, 0.03 * 40);
    }

    [Fact]
    public async Task RepeatedImage_Acknowledged_IsShownWithoutAge()
    {
        var time = new FakeTimeProvider();
        await using TestPage page = await TestPage.StartAsync(time);
        using TestClient client = await TestClient.ConnectAsync(page);
        await page.ShowAsync(1, isRepeat: true);
        ReceivedImage image = await client.ImageAsync();
        time.Advance(TimeSpan.FromMinutes(1));

        await client.AcknowledgeAsync(image);
        await client.SendAsync("""{"key":"p"}""");
        while (!((await client.TextAsync("state")).TryGetProperty("paused", out JsonElement isPaused) && isPaused.GetBoolean()))
        {
        }

        time.Advance(TimeSpan.FromMilliseconds(250));
        JsonElement stats = await client.TextAsync("stats");

        Assert.True(image.IsRepeat);
        Assert.Equal(JsonValueKind.Null, stats.GetProperty("ageNow").ValueKind);
        Assert.Equal(1, page.Stats.Shown);
        Assert.Equal(0, page.Stats.Whole().Age.P99);
    }

    [Fact]
    public async Task Image_DrawnByTwoClients_IsShownOnce()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient one = await TestClient.ConnectAsync(page);
        using TestClient two = await TestClient.ConnectAsync(page);
        await page.ShowAsync(1);

        await one.AcknowledgeAsync(await one.ImageAsync());
        await two.AcknowledgeAsync(await two.ImageAsync());
        await UntilHandledAsync(one);
        await UntilHandledAsync(two);

        Assert.Equal(1, page.Stats.Shown);
    }

    [Fact]
    public async Task Images_WithoutAClient_AreNotDropped()
    {
        await using TestPage page = await TestPage.StartAsync();
        for (int number = 1; number <= 20; number++)
        {
            await page.ShowAsync(number);
        }

        Assert.Empty(page.Stats.Whole().Frames.Dropped);
        Assert.Equal(2, page.BuffersOut);
    }

    [Fact]
    public async Task Complete_WithMapsHeld_GivesThemBack()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await page.ShowAsync(1);
        await client.ImageAsync();

        await page.Viewer.CompleteAsync();

        Assert.Equal(0, page.BuffersOut);
    }

    [Fact]
    public async Task Server_Ending_ClosesTheConnection()
    {
        TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.TextAsync("state");

        Task ended = page.DisposeAsync().AsTask();
        await client.UntilClosedAsync();
        await ended;

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        Assert.Equal("LiveConv has ended", client.CloseReason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"drawn":1}""")]
    [InlineData("""{"drawn":-1}""")]
    [InlineData("""{"drawn":1e99}""")]
    [InlineData("""{"key":"pp"}""")]
    [InlineData("""{"key":7}""")]
    [InlineData("""{"key":"\ud800"}""")]
    [InlineData("""{"show":["\ud800"]}""")]
    [InlineData("""{"key":"p","key":"p"}""")]
    [InlineData("""{"key":"p"}{"key":"p"}""")]
    public async Task Message_Malformed_ClosesThatClientWithAReasonAndNoOther(string message)
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient good = await TestClient.ConnectAsync(page);
        using TestClient bad = await TestClient.ConnectAsync(page);

        await bad.SendAsync(message);
        await bad.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, bad.CloseStatus);
        Assert.NotEmpty(bad.CloseReason!);
        await page.ShowAsync(3);
        Assert.Equal(3, (await good.ImageAsync()).Sequence);
    }

    [Theory]
    [InlineData("""[null]""")]
    [InlineData("""[{"kernels":[null]}]""")]
    [InlineData("""[{"kernels":[{"weights":[[1]]}]},{"kernels":[{"channels":[null]}]}]""")]
    public async Task Edit_WithNullInItsLayers_IsRefusedWithTheReason(string layers)
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync($$"""{"edit":{"version":1,"name":"Holes","layers":{{layers}} } }""");

        JsonElement edited = await client.TextAsync("edited");
        Assert.StartsWith("$.layers[", edited.GetProperty("member").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("$", edited.GetProperty("refused").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("json", edited.GetProperty("refused").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_WhilePaused_TellsWhenTheFileStarts()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.SendAsync("""{"key":"p"}""");

        await client.SendAsync("""{"key":"r"}""");

        Assert.Contains(
            "Recording starts when you resume",
            (await client.TextAsync("notice")).GetProperty("text").GetString(),
            StringComparison.Ordinal);
        Assert.True(page.Controls.IsRecording);
    }

    [Fact]
    public async Task Message_NotUtf8_ClosesTheClientWithItsCode()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync([0xff, 0xfe], WebSocketMessageType.Text);
        await client.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.CloseStatus);
    }

    [Fact]
    public async Task Message_TooLong_ClosesTheClient()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync(new byte[5000], WebSocketMessageType.Text);
        await client.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    [Fact]
    public async Task Message_Binary_ClosesTheClient()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync(new byte[10], WebSocketMessageType.Binary);
        await client.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, client.CloseStatus);
    }

    // A client's messages are handled in their order: when the last one, which is malformed, has closed it, so were all before.
    private static async Task UntilHandledAsync(TestClient client)
    {
        await client.SendAsync("that is all");
        await client.UntilClosedAsync();
    }
}

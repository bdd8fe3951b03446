using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveConv.App.Tests;

/// <summary>What a page shows when its source has ended: the last image, for as long as somebody wants to look.</summary>
public sealed partial class PageEndTests : IDisposable
{
    private const int Interrupt = 2;
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1, "source")]
    [InlineData(5, "source")]
    [InlineData(5, "max")]
    public async Task Page_ShortVideo_StaysWithTheLastImageUntilQ(int frames, string pace)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "short.y4m"), Y4m(frames));
        using LiveConvProcess run = Start("--source", "short.y4m", "--pace", pace, "--stats", "json");
        Uri address = AddressIn(await run.ErrorLineAsync("the maps are at "));
        await run.ErrorLineAsync("short.y4m has ended; its last image stays");

        using ClientWebSocket page = await ConnectAsync(address);
        byte[] state = await ReceiveAsync(page, message => IsText(message, "\"waiting\":\"ended\""));
        byte[] image = await ReceiveAsync(page, message => message[0] == 1);
        await SendAsync(page, """{"key":"2"}""");
        byte[] again = await ReceiveAsync(page, message => message[0] == 1);
        await SendAsync(page, """{"key":"q"}""");
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("short.y4m", Encoding.UTF8.GetString(state), StringComparison.Ordinal);
        Assert.Equal((frames - 1, frames - 1), (image[8], again[8]));
        Assert.NotEqual(image[64..], again[64..]);
        using var report = JsonDocument.Parse(ended.Output);
        JsonElement counts = report.RootElement.GetProperty("frames");

        // On a busy machine a frame may be superseded by the next.
        long superseded = counts.GetProperty("dropped").TryGetProperty("superseded", out JsonElement count) ? count.GetInt64() : 0;
        Assert.Equal(frames, counts.GetProperty("out").GetInt64() + superseded);
    }

    [SkippableFact]
    public async Task Page_StillImage_StaysUntilControlC()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        byte[] photo = PngFile.Write(new NumberArray([.. Enumerable.Range(0, 192)], [12, 16]));
        await File.WriteAllBytesAsync(Path.Combine(folder, "photo.png"), photo);
        using LiveConvProcess run = Start("--source", "photo.png");
        Uri address = AddressIn(await run.ErrorLineAsync("the maps are at "));
        await run.ErrorLineAsync("has ended; its last image stays");

        using ClientWebSocket page = await ConnectAsync(address);
        await ReceiveAsync(page, message => message[0] == 1);
        run.Signal(Interrupt);

        Assert.Equal(130, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Page_VideoThatHasEnded_PlaysAgainOnRequest()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "short.y4m"), Y4m(5));
        using LiveConvProcess run = Start("--source", "short.y4m");
        Uri address = AddressIn(await run.ErrorLineAsync("the maps are at "));
        await run.ErrorLineAsync("short.y4m has ended; its last image stays");
        using ClientWebSocket page = await ConnectAsync(address);
        await ReceiveAsync(page, message => IsText(message, "\"held\":true,\"replayable\":true"));

        await SendAsync(page, """{"replay":true}""");
        await run.ErrorLineAsync("short.y4m has ended; its last image stays");

        // Two images are in flight at most: the one that was held, and one of those that are played again, whose numbers go on.
        byte[] again = await ReceiveAsync(page, message => message[0] == 1 && message[8] > 4);
        await SendAsync(page, """{"key":"q"}""");

        Assert.InRange(again[8], 5, 9);
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("source")]
    [InlineData("max")]
    public async Task Recording_OfAVideoOnAPage_EndsWithTheVideo(string pace)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "short.y4m"), Y4m(7));
        using LiveConvProcess run = Start("--source", "short.y4m", "--record", "edges.y4m", "--pace", pace);
        Uri address = AddressIn(await run.ErrorLineAsync("the maps are at "));

        await run.ErrorLineAsync("recorded ");
        byte[] recorded = await File.ReadAllBytesAsync(Path.Combine(folder, "edges.y4m"));
        using ClientWebSocket page = await ConnectAsync(address);
        await SendAsync(page, """{"key":"r"}""");
        await run.ErrorLineAsync("the source has ended: there is nothing to record");
        await SendAsync(page, """{"key":"q"}""");

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
        int frames = Encoding.Latin1.GetString(recorded).Split("FRAME\n").Length - 1;

        // At the source's pace a busy machine may leave some out.
        Assert.InRange(frames, pace == "max" ? 7 : 1, 7);
    }

    [Theory]
    [InlineData("--view", "none")]
    [InlineData("--frames", "100")]
    public async Task Run_ThatNobodyLooksAt_EndsWithItsSource(string option, string value)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "short.y4m"), Y4m(3));
        using LiveConvProcess run = Start("--source", "short.y4m", option, value);

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [GeneratedRegex("http://\\S+")]
    private static partial Regex Link();

    private static Uri AddressIn(string line) => new(Link().Match(line).Value);

    // Noise, so that every preset gives another map.
    private static byte[] Y4m(int frames)
    {
        var random = new Random(3);
        var file = new MemoryStream();
        file.Write("YUV4MPEG2 W16 H12 F30:1 Ip A1:1 Cmono\n"u8);
        for (int i = 0; i < frames; i++)
        {
            var luma = new byte[16 * 12];
            random.NextBytes(luma);
            file.Write("FRAME\n"u8);
            file.Write(luma);
        }

        return file.ToArray();
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler);
        (await http.GetAsync(address)).EnsureSuccessStatusCode();
        var page = new ClientWebSocket();
        page.Options.Cookies = handler.CookieContainer;
        await page.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "live" }.Uri, CancellationToken.None);
        return page;
    }

    private static bool IsText(byte[] message, string containing) =>
        message[0] == '{' && Encoding.UTF8.GetString(message).Contains(containing, StringComparison.Ordinal);

    private static Task SendAsync(ClientWebSocket page, string text) =>
        page.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket page, Predicate<byte[]> isExpected)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[1 << 20];
        while (true)
        {
            WebSocketReceiveResult part = await page.ReceiveAsync(buffer, timeout.Token);
            Assert.True(part.EndOfMessage);
            if (isExpected(buffer[..part.Count]))
            {
                return buffer[..part.Count];
            }
        }
    }

    private LiveConvProcess Start(params string[] arguments) =>
        LiveConvProcess.Start(arguments, start => start.WorkingDirectory = folder);
}

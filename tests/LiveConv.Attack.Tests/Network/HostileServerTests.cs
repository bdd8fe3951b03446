using System.Diagnostics;
using System.Text;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.Attack.Tests;

/// <summary>Servers that keep a client busy or waiting: each is left after a time that is known, without taking much memory.</summary>
public sealed class HostileServerTests
{
    private const string Loopback = "127.0.0.1";
    private static readonly TimeSpan MaxEnd = TimeSpan.FromSeconds(55);

    public HostileServerTests() => Skip.IfNot(FFmpegTool.Find() is not null, "ffmpeg is not installed");

    // Together, because each is waited for as long as a server may be silent.
    [SkippableFact]
    public async Task Servers_ThatNeverSendAnImage_AreLeftAfterHalfAMinute()
    {
        using var silent = new HostileServer(Loopback, (_, _) => Task.Delay(Timeout.Infinite));
        using var slow = new HostileServer(Loopback, (_, client) => RepeatAsync(client, "#", TimeSpan.FromSeconds(1)));
        using var itself = new HostileServer(
            Loopback, (_, client) => client.WriteAsync(HostileServer.Ok("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n")).AsTask());
        int number = 0;
        using var endless = new HostileServer(Loopback, (_, client) => client.WriteAsync(HostileServer.Ok(
            $"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nm{Interlocked.Increment(ref number)}.m3u8\n")).AsTask());
        HostileServer[] servers = [silent, slow, itself, endless];
        var watch = Stopwatch.StartNew();

        LiveConvProcess.Ended[] ended = await Task.WhenAll(servers.Select(server =>
            LiveConvProcess.RunAsync("--source", $"http://{server.At}/a.m3u8", "--view", "none", "--frames", "1")));

        Assert.All(ended, one => Assert.Equal(1, one.ExitCode));
        Assert.All(ended, one => Assert.Contains("after 30 s without any it ends", one.ErrorLines[0], StringComparison.Ordinal));
        Assert.All(ended, one => Assert.Contains("sends no images: check the address", one.ErrorLines[^1], StringComparison.Ordinal));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, MaxEnd);
    }

    [SkippableFact]
    public async Task Server_ThatRedirectsToItselfForEver_IsLeft()
    {
        using var server = new HostileServer(Loopback, (_, client) => client.WriteAsync(HostileServer.Redirect("/again")).AsTask());

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "--source", $"http://{server.At}/a", "--view", "none", "--frames", "1");

        Assert.Equal(1, ended.ExitCode);
        Assert.InRange(server.Connections, 1, 100);
    }

    [SkippableTheory]
    [InlineData("#EXT-X-STREAM-INF:BANDWIDTH=1\nm.m3u8?")]
    [InlineData("#EXTINF:1,\ns.ts?")]
    public void Server_ThatSendsAPlaylistWithoutAnEnd_TakesNoMoreMemoryThanItMay(string entry)
    {
        const long Max = 200 << 20;
        int number = 0;
        using var server = new HostileServer(Loopback, async (_, client) =>
        {
            await client.WriteAsync("HTTP/1.0 200 OK\r\n\r\n#EXTM3U\n#EXT-X-TARGETDURATION:2\n"u8.ToArray());
            while (true)
            {
                IEnumerable<string> entries = Enumerable.Range(0, 1000).Select(_ => $"{entry}{number++}\n");
                await client.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(entries)));
            }
        });
        string address = $"http://{server.At}/a.m3u8";
        using var source = new FFmpegSource(
            FFmpegInput.Url(address), new SourceMode(), FFmpegTool.Find()!, TimeProvider.System, AddressGuards.Of(address))
        {
            MaxMemory = Max,
        };
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));

        LiveConvException refused = Assert.Throws<LiveConvException>(() => source.Open(timeout.Token));

        Assert.Contains("takes more than 200 MB of memory", refused.Message, StringComparison.Ordinal);
    }

    // A file of which a part comes, and then nothing, or next to nothing.
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_FileWhoseServerStops_EndsWithTheReason(bool trickles)
    {
        byte[] header = Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n");
        byte[] frame = [.. "FRAME\n"u8, .. new byte[64 * 48]];
        byte[] start = [.. header, .. Enumerable.Repeat(frame, 5).SelectMany(bytes => bytes)];
        using var server = new HostileServer(Loopback, async (_, client) =>
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"));
            await client.WriteAsync(start);
            await (trickles ? RepeatAsync(client, "x", TimeSpan.FromMilliseconds(200)) : Task.Delay(Timeout.Infinite));
        });
        string address = $"http://{server.At}/a.y4m";
        var connector = new StreamConnector(FFmpegInput.Url(address), new SourceMode(), FFmpegTool.Find()!, TimeProvider.System);
        using var source = new NetworkSource(connector, TimeProvider.System, new Notices(), endsWhenLost: true)
        {
            MaxSilence = TimeSpan.FromSeconds(5),
        };
        source.Open(CancellationToken.None);
        using var pool = new FramePool<Frame>(1);
        using Frame image = pool.TryRent()!;
        int images = 0;

        LiveConvException ended = Assert.Throws<LiveConvException>(() =>
        {
            while (source.Read(image))
            {
                images++;
            }
        });

        Assert.False(source.IsLive);
        Assert.InRange(images, 4, 5);
        Assert.Contains("no image came for 5 s", ended.Message, StringComparison.Ordinal);
    }

    private static async Task RepeatAsync(Stream client, string text, TimeSpan pause)
    {
        await client.WriteAsync(Encoding.ASCII.GetBytes(text.StartsWith('#') ? "HTTP/1.0 200 OK\r\n\r\n" : ""));
        while (true)
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes(text));
            await Task.Delay(pause);
        }
    }
}

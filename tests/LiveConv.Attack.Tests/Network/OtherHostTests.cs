using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>A server on the internet leads to hosts of the user's own: no connection is made there, and the user learns why.</summary>
[SupportedOSPlatform("linux")]
public sealed class OtherHostTests : IDisposable
{
    private static readonly Lazy<byte[]> Clip = new(MakeClip);
    private readonly TemporaryFolder folder = new();

    public OtherHostTests() => Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("redirection", NetworkNamespace.Loopback, "on this machine")]
    [InlineData("redirection", NetworkNamespace.LinkLocal, "at a link-local address")]
    [InlineData("redirection", NetworkNamespace.Private, "in a private network")]
    [InlineData("segment", NetworkNamespace.Loopback, "on this machine")]
    [InlineData("segment", NetworkNamespace.Private, "in a private network")]
    [InlineData("redirection", NetworkNamespace.Own, "on this machine")]
    [InlineData("segment", NetworkNamespace.Neighbour, "in a private network")]
    [InlineData("redirected segment", NetworkNamespace.LinkLocal, "at a link-local address")]
    [InlineData("key", NetworkNamespace.Loopback, "on this machine")]
    [InlineData("key", NetworkNamespace.LinkLocal, "at a link-local address")]
    [InlineData("part", NetworkNamespace.Private, "in a private network")]
    [InlineData("playlist", NetworkNamespace.Loopback, "on this machine")]
    [InlineData("name", NetworkNamespace.Loopback, "on this machine")]
    public async Task Server_ThatLeadsToAnotherClassOfHosts_IsNotFollowed(string way, string to, string where)
    {
        using NetworkNamespace network = NetworkNamespace.Create($"{to} inner.test\n");
        using HostileServer inner = network.Make(to, () => new HostileServer(to, SendClip));
        string host = way == "name" ? "inner.test" : to;
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(
            NetworkNamespace.Public, (request, client) => AnswerAsync(way, $"http://{host}:{inner.Port}/x.ts", request, client)));

        LiveConvProcess.Ended ended = await RunAsync(network, $"http://{outer.At}/a.m3u8");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"its server leads to {host}:{inner.Port}, {where}", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(0, inner.Connections);
    }

    [SkippableTheory]
    [InlineData("redirection")]
    [InlineData("segment")]
    [InlineData("key")]
    public async Task Server_ThatLeadsToAHostOfItsClass_IsFollowed(string way)
    {
        using NetworkNamespace network = NetworkNamespace.Create();
        using HostileServer other = network.Make(
            NetworkNamespace.OtherPublic, () => new HostileServer(NetworkNamespace.OtherPublic, SendClip));
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(
            NetworkNamespace.Public, (request, client) => AnswerAsync(way, $"http://{other.At}/x.ts", request, client)));

        LiveConvProcess.Ended ended = await RunAsync(network, $"http://{outer.At}/a.m3u8");

        Assert.True(other.Connections > 0, ended.Error);
        Assert.DoesNotContain("leads to", ended.Error, StringComparison.Ordinal);
        Assert.Equal(way == "key" ? 1 : 0, ended.ExitCode);
    }

    // The name is the user's, but its owner decides where it leads: the farthest class is meant.
    [SkippableFact]
    public async Task Name_OfTwoClasses_IsReadWhereItIsFarthest()
    {
        using NetworkNamespace network = NetworkNamespace.Create(
            $"{NetworkNamespace.Loopback} two.test\n{NetworkNamespace.Public} two.test\n");
        using HostileServer inner = network.Make(NetworkNamespace.Loopback, () => new HostileServer(NetworkNamespace.Loopback, SendClip));
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(NetworkNamespace.Public, SendClip));

        Assert.Equal(0, (await RunAsync(network, $"http://two.test:{outer.Port}/x.ts")).ExitCode);
        LiveConvProcess.Ended refused = await RunAsync(network, $"http://two.test:{inner.Port}/x.ts");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("connection refused", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, inner.Connections);
    }

    [SkippableTheory]
    [InlineData(NetworkNamespace.Loopback, false)]
    [InlineData(NetworkNamespace.LinkLocal, false)]
    [InlineData(NetworkNamespace.OtherPublic, true)]
    public async Task RtspServer_ThatRedirects_IsFollowedWithinItsClass(string to, bool isFollowed)
    {
        using NetworkNamespace network = NetworkNamespace.Create();
        using HostileServer inner = network.Make(to, () => new HostileServer(
            to, (_, client) => client.WriteAsync("RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n"u8.ToArray()).AsTask()));
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(
            NetworkNamespace.Public,
            (_, client) => client.WriteAsync(Encoding.ASCII.GetBytes(
                $"RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: rtsp://{to}:{inner.Port}/live\r\n\r\n")).AsTask()));

        LiveConvProcess.Ended ended = await RunAsync(network, $"rtsp://{outer.At}/live");

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(isFollowed, inner.Connections > 0);
        Assert.Equal(
            isFollowed ? "nothing at this address (404)" : $"its server leads to {to}:{inner.Port}",
            isFollowed ? Part(ended.Error, "nothing at this address (404)") : Part(ended.Error, $"its server leads to {to}:{inner.Port}"));
    }

    // Encrypted, so FFmpeg alone reads where it is sent: the connection itself is refused.
    [SkippableTheory]
    [InlineData("https", "http", NetworkNamespace.Loopback, false)]
    [InlineData("https", "https", NetworkNamespace.LinkLocal, false)]
    [InlineData("https", "https", NetworkNamespace.Private, false)]
    [InlineData("https", "https", NetworkNamespace.OtherPublic, true)]
    [InlineData("http", "https", NetworkNamespace.Loopback, false)]
    [InlineData("http", "https", NetworkNamespace.OtherPublic, true)]
    public async Task EncryptedServer_ThatRedirects_IsFollowedWithinItsClass(string scheme, string toScheme, string to, bool isFollowed)
    {
        using NetworkNamespace network = NetworkNamespace.Create();
        using HostileServer inner = network.Make(to, () => new HostileServer(to, SendClip, toScheme == "https"));
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(
            NetworkNamespace.Public,
            (_, client) => client.WriteAsync(HostileServer.Redirect($"{toScheme}://{inner.At}/x.ts")).AsTask(),
            scheme == "https"));

        LiveConvProcess.Ended ended = await RunAsync(network, $"{scheme}://{outer.At}/a.ts");

        Assert.Equal((isFollowed ? 0 : 1, isFollowed), (ended.ExitCode, inner.Connections > 0));
        Assert.Equal(
            !isFollowed, ended.ErrorLines[^1].Contains($"its server leads to {to}:{inner.Port}, ", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("rtsps", NetworkNamespace.Loopback, false)]
    [InlineData("rtsps", NetworkNamespace.OtherPublic, true)]
    [InlineData("rtsp", NetworkNamespace.Private, false)]
    public async Task RtspServerBehindTls_ThatRedirects_IsFollowedWithinItsClass(string toScheme, string to, bool isFollowed)
    {
        using NetworkNamespace network = NetworkNamespace.Create();
        using HostileServer inner = network.Make(to, () => new HostileServer(
            to,
            (_, client) => client.WriteAsync("RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n"u8.ToArray()).AsTask(),
            toScheme == "rtsps"));
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(
            NetworkNamespace.Public,
            (_, client) => client.WriteAsync(Encoding.ASCII.GetBytes(
                $"RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: {toScheme}://{inner.At}/live\r\n\r\n")).AsTask(),
            isEncrypted: true));

        LiveConvProcess.Ended ended = await RunAsync(network, $"rtsps://{outer.At}/live");

        Assert.Equal((1, isFollowed), (ended.ExitCode, inner.Connections > 0));
        string expected = isFollowed ? "nothing at this address (404)" : $"its server leads to {to}:{inner.Port}, ";
        Assert.Contains(expected, ended.Error, StringComparison.Ordinal);
    }

    // Of the same class; but the protocol is none of the address's.
    [SkippableTheory]
    [InlineData("file:///etc/passwd")]
    [InlineData("concat:http://203.0.113.9/a|http://203.0.113.9/b")]
    [InlineData("subfile,,start,0,end,9,,:/etc/passwd")]
    [InlineData("tcp://203.0.113.10:1/")]
    [InlineData("gopher://203.0.113.10:1/")]
    [InlineData("rtmp://203.0.113.10:1/")]
    [InlineData("crypto:file:///etc/passwd")]
    public async Task Playlist_WithAnotherProtocol_IsNotFollowed(string entry)
    {
        using NetworkNamespace network = NetworkNamespace.Create();
        using HostileServer outer = network.Make(NetworkNamespace.Public, () => new HostileServer(
            NetworkNamespace.Public, (_, client) => client.WriteAsync(HostileServer.Ok(Text("", entry))).AsTask()));

        LiveConvProcess.Ended ended = await RunAsync(network, $"http://{outer.At}/a.m3u8");

        Assert.Equal(1, ended.ExitCode);
        Assert.False(File.Exists(Output), ended.Error);
    }

    private string Output => Path.Combine(folder.Path, "out.y4m");

    private static string Part(string text, string words) => text.Contains(words, StringComparison.Ordinal) ? words : text;

    private static string Text(string before, string segment) =>
        $"#EXTM3U\n#EXT-X-TARGETDURATION:2\n{before}#EXTINF:1,\n{segment}\n#EXT-X-ENDLIST\n";

    private static Task SendClip(string request, Stream client) => client.WriteAsync(HostileServer.Ok(Clip.Value)).AsTask();

    private static Task AnswerAsync(string way, string inner, string request, Stream client)
    {
        bool isPlaylist = request.Contains("a.m3u8", StringComparison.Ordinal);
        byte[] answer = way switch
        {
            "redirection" => HostileServer.Redirect(inner),
            "segment" or "name" => HostileServer.Ok(Text("", inner)),
            "redirected segment" => isPlaylist ? HostileServer.Ok(Text("", "s.ts")) : HostileServer.Redirect(inner),
            "key" => isPlaylist
                ? HostileServer.Ok(Text($"#EXT-X-KEY:METHOD=AES-128,URI=\"{inner}\"\n", "s.ts")) : HostileServer.Ok(Clip.Value),
            "part" => isPlaylist ? HostileServer.Ok(Text($"#EXT-X-MAP:URI=\"{inner}\"\n", "s.ts")) : HostileServer.Ok(Clip.Value),
            _ => HostileServer.Ok($"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{inner}\n"),
        };
        return client.WriteAsync(answer).AsTask();
    }

    private static byte[] MakeClip()
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", [
            "-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-c:v", "mpeg2video", "-f", "mpegts", "-"])
        {
            RedirectStandardOutput = true,
        })!;
        var clip = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(clip);
        ffmpeg.WaitForExit();
        return clip.ToArray();
    }

    private async Task<LiveConvProcess.Ended> RunAsync(NetworkNamespace network, string address)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["process", address, Output, "--overwrite"], start =>
        {
            network.Enter(start);
            start.Environment.Remove("http_proxy");
        });
        return await run.EndAsync();
    }
}

using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>Files that name others: refused whatever they are called; where allowed, only what lies beside them is opened.</summary>
public sealed class LocalPlaylistTests : IDisposable
{
    private const string Header = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n";
    private readonly TempDirectory directory = new();

    public LocalPlaylistTests()
    {
        Tools.NeedFFmpeg();
        Directory.CreateDirectory(directory.File("private"));
        Directory.CreateDirectory(directory.File("list"));
        foreach (string file in (string[])["private/secret.ts", "list/own.ts"])
        {
            Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=1", "-pix_fmt", "yuv420p", directory.File(file));
        }
    }

    // As playlists write it: a backslash is one character of a name to them.
    private string Secret => directory.File("private/secret.ts").Replace('\\', '/');

    public void Dispose() => directory.Dispose();

    [SkippableTheory]
    [InlineData("clip.mp4")]
    [InlineData("clip.m3u8")]
    [InlineData("clip.png")]
    [InlineData("clip")]
    public void Open_Hls_IsRefusedWhateverItsName(string name)
    {
        Write(name, $"{Header}#EXTINF:2,\nown.ts\n#EXT-X-ENDLIST\n");

        Assert.Contains("it is a playlist", Refusal(name, allows: false), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("clip.mp4", "ffconcat version 1.0\nfile own.ts\n")]
    [InlineData("clip.mp4", "<?xml version=\"1.0\"?>\n"
        + "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"x\" type=\"static\"></MPD>\n")]
    [InlineData("clip.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
        + "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    public void Open_OtherPlaylists_AreRefused(string name, string text)
    {
        Write(name, text);

        // Not every FFmpeg knows DASH.
        Assert.Matches("it is a playlist|does not recognize it", Refusal(name, allows: false));
    }

    [SkippableTheory]
    [InlineData("#EXTINF:2,\n{0}\n")]
    [InlineData("#EXTINF:2,\nfile://{0}\n")]
    [InlineData("#EXTINF:2,\n../private/secret.ts\n")]
    [InlineData("#EXTINF:2,\nlink.ts\n")]
    [InlineData("#EXTINF:2,\nfolder/secret.ts\n")]
    [InlineData("#EXTINF:2,\nhttp://127.0.0.1:9/x.ts\n")]
    [InlineData("#EXT-X-MAP:URI=\"{0}\"\n#EXTINF:2,\nown.ts\n")]
    [InlineData("#EXT-X-KEY:METHOD=AES-128,URI=\"{0}\"\n#EXTINF:2,\nown.ts\n")]
    [InlineData("#EXTINF:2,\ninner.ts\n")]
    public void Open_AllowedHlsThatLeadsElsewhere_IsRefused(string entries)
    {
        Tools.NeedLinks();
        File.CreateSymbolicLink(directory.File("list/link.ts"), Secret);
        Directory.CreateSymbolicLink(directory.File("list/folder"), directory.File("private"));
        Write("inner.ts", $"{Header}#EXTINF:2,\n{Secret}\n#EXT-X-ENDLIST\n");
        Write("clip.m3u8", $"{Header}{entries.Replace("{0}", Secret, StringComparison.Ordinal)}#EXT-X-ENDLIST\n");

        string refusal = Refusal("clip.m3u8", allows: true);

        Assert.Contains("only files in its own folder are followed, no links", refusal, StringComparison.Ordinal);
    }

    // FFmpeg reads each of them otherwise than a reader of lines would.
    [SkippableTheory]
    [InlineData("#EXTINF:2,\r{0}\n", "line 3")]
    [InlineData("#EXTINF:2,\0{0}\n", "line 3")]
    [InlineData("#EXTINF:2,\nown.ts\n#\r#EXTINF:2,\r{0}\n", "line 5")]
    [InlineData("#EXTINF:2,\n #x/../../private/secret.ts\n", "line 4")]
    [InlineData("#EXT-X-MAP:A=\"URI=\",URI=\"{0}\"\n#EXTINF:2,\nown.ts\n", "leads to")]
    [InlineData("#EXT-X-MAP:A=b:C=\"URI=own.ts\",URI=\"{0}\"\n#EXTINF:2,\nown.ts\n", "line 3")]
    [InlineData("#EXT-X-MAP:URI=\"own.ts\\\",URI=\"{0}\"\n#EXTINF:2,\nown.ts\n", "line 3")]
    [InlineData("#EXT-X-MAP:URI=\"own.ts,/../../private/secret.ts\"\n#EXTINF:2,\nown.ts\n", "leads to own.ts,/../../private/secret.ts")]
    [InlineData("#EXTINF:2,\nown.ts\uFFFD\n", "line 4")]
    [InlineData("#EXTINF:2,\nlist.ts\n", "a playlist of playlists")]
    public void Open_AllowedHlsThatFFmpegReadsOtherwise_IsRefused(string entries, string reason)
    {
        Write("list.ts", $"{Header}#EXTINF:2,\nown.ts\n#EXT-X-ENDLIST\n");
        Write("clip.m3u8", $"{Header}{entries.Replace("{0}", Secret, StringComparison.Ordinal)}#EXT-X-ENDLIST\n");

        Assert.Contains(reason, Refusal("clip.m3u8", allows: true), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_AllowedHlsWithALineBeyondFFmpegsBuffer_IsRefused()
    {
        Write("clip.m3u8", $"{Header}#EXTINF:2,\n{new string('x', 5000)}\n#EXT-X-ENDLIST\n");

        Assert.Contains("line 4", Refusal("clip.m3u8", allows: true), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nown.ts\n")]
    [InlineData("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nopen.m3u8\n")]
    public void Open_AllowedHlsThatIsNotFinished_IsRefused(string text)
    {
        Write("open.m3u8", $"{Header}#EXTINF:2,\nown.ts\n");
        Write("clip.m3u8", text);

        Assert.Contains(
            "is a playlist without #EXT-X-ENDLIST, which may change", Refusal("clip.m3u8", allows: true), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("file\townx/../../private/secret.ts\n")]
    [InlineData("file\t{0}\n")]
    [InlineData(" file {0}\n")]
    [InlineData("file  {0}\n")]
    [InlineData("file own.ts\rfile {0}\n")]
    [InlineData("file ''{0}\n")]
    [InlineData("file 'own.ts'/../../private/secret.ts\n")]
    [InlineData("file own.ts\\x\n")]
    [InlineData("file own.ts more\n")]
    [InlineData("file own.ts\noption protocol_whitelist file,http\n")]
    public void Open_AllowedConcatWithAnUnknownLine_IsRefused(string lines)
    {
        Write("clip.ffconcat", $"ffconcat version 1.0\n{lines.Replace("{0}", Secret, StringComparison.Ordinal)}");

        Assert.Matches("is unknown: line [23]$", Refusal("clip.ffconcat", allows: true));
    }

    [SkippableTheory]
    [InlineData("clip.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nown.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("clip.m3u8", "#EXTM3U\r\n#EXT-X-TARGETDURATION:2\r\n\r\n#EXTINF:2, URI=\r\nown.ts\r\n#EXT-X-ENDLIST")]
    [InlineData("clip.m3u8", "#EXTM3U\n#EXT-X-VERSION:6\n"
        + "#EXT-X-STREAM-INF:BANDWIDTH=1280000,CODECS=\"mp2v,a\",RESOLUTION=64x48\ninner.m3u8\n")]
    [InlineData("clip.ffconcat", "ffconcat version 1.0\nfile own.ts\nfile 'own.ts'\n")]
    [InlineData("clip.ffconcat", "ffconcat version 1.0\r\n# two\r\n\r\nfile own.ts\r\nduration 1.0\r\nfile 'own.ts'\r\n")]
    public void Open_AllowedPlaylistOfFilesBesideIt_IsRead(string name, string text)
    {
        Write("inner.m3u8", $"{Header}#EXTINF:2,\nown.ts\n#EXT-X-ENDLIST\n");
        Write(name, text);
        using IFrameSource source = Of(name, allows: true);

        source.Open(CancellationToken.None);

        Assert.Equal(64, source.Info.Granted.Width);
    }

    private void Write(string name, string text) => File.WriteAllText(directory.File("list/" + name), text);

    private IFrameSource Of(string name, bool allows) => Sources.Create(
        SourceSpec.Parse(directory.File("list/" + name)) with { AllowsPlaylists = allows },
        new SourceMode(),
        TimeProvider.System,
        new Notices());

    private string Refusal(string name, bool allows) => Assert.Throws<LiveConvException>(() =>
    {
        using IFrameSource source = Of(name, allows);
        source.Open(CancellationToken.None);
    }).Message;
}

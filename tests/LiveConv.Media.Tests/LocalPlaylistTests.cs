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

    private string Secret => directory.File("private/secret.ts");

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
        Write("inner.ts", $"{Header}#EXTINF:2,\n{Secret}\n");
        Write("clip.m3u8", $"{Header}{entries.Replace("{0}", Secret, StringComparison.Ordinal)}#EXT-X-ENDLIST\n");

        string refusal = Refusal("clip.m3u8", allows: true);

        Assert.Contains("only files in its own folder are followed, no links", refusal, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("clip.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nown.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("clip.ffconcat", "ffconcat version 1.0\nfile own.ts\nfile 'own.ts'\n")]
    public void Open_AllowedPlaylistOfFilesBesideIt_IsRead(string name, string text)
    {
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

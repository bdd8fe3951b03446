using System.Diagnostics;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class FFmpegSourceTests
{
    [SkippableFact]
    public void Read_RealClip_IsTheDecodedLumaAtItsTimes()
    {
        Tools.NeedFFmpeg();
        byte[] expected = Tools.FFmpeg("-i", Tools.Clip, "-vf", "extractplanes=y", "-f", "rawvideo", "-");
        using IFrameSource source = Of(Tools.Clip);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        int frames = 0;
        for (; source.Read(frame); frames++)
        {
            Assert.Equal(frames, frame.Sequence);
            Assert.Equal(TimeSpan.FromMilliseconds(40 * frames), frame.MediaTime);
            Assert.True(expected.AsSpan(frames * 720 * 405, 720 * 405).SequenceEqual(Images.Bytes(frame)), $"frame {frames}");
        }

        Assert.Equal(expected.Length / (720 * 405), frames);
        Assert.Equal(new SourceMode(720, 405, 25, "mpeg2video"), source.Info.Granted);
        Assert.False(source.IsLive);
    }

    // FFmpeg reports the chapters before the streams, and with them the rate.
    [SkippableFact]
    public void Open_VideoWithManyChapters_KnowsItsRate()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string chapters = directory.File("chapters.txt");
        File.WriteAllText(chapters, ";FFMETADATA1\n" + string.Concat(
            Enumerable.Range(0, 90).Select(i => $"[CHAPTER]\nTIMEBASE=1/1000\nSTART={i * 10}\nEND={(i * 10) + 9}\ntitle=chapter {i}\n")));
        string video = directory.File("video.mkv");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=32x32:r=12.5:d=1", "-i", chapters, "-map_metadata", "1", "-c:v", "ffv1", video);

        using IFrameSource source =
            Sources.Create(new SourceSpec(SourceKind.File, video), new SourceMode(), TimeProvider.System, new Notices());
        source.Open(CancellationToken.None);

        Assert.Equal(12.5, source.Info.Granted.Fps);
    }

    [SkippableTheory]
    [InlineData("yuv420p", "yuv420p", "extractplanes=y")]
    [InlineData("yuvj420p", "yuvj420p", "extractplanes=y")]
    [InlineData("yuv444p", "yuv444p", "extractplanes=y")]
    [InlineData("yuva420p", "yuva420p", "extractplanes=y")]
    [InlineData("nv12", "nv12", "format=yuv420p,extractplanes=y")]
    [InlineData("yuyv422", "yuyv422", "format=yuv422p,extractplanes=y")]
    [InlineData("gray", "gray", "format=gray")]
    [InlineData("rgb24", "rgb24", "format=gray")]
    [InlineData("bgra", "bgra", "format=gray")]
    [InlineData("gbrp", "gbrp", "format=gray")]
    [InlineData("pal8", "pal8", "format=gray")]
    [InlineData("monob", "monob", "format=gray")]
    [InlineData("monow", "monow", "format=gray")]
    public void Read_PixelFormat_IsItsLumaOrGray(string _, string format, string filter)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("clip.nut");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-pix_fmt", format, "-c:v", "rawvideo", path);
        byte[] expected = Tools.FFmpeg("-i", path, "-vf", filter, "-f", "rawvideo", "-");

        using IFrameSource source = Of(path);
        Assert.Equal(expected, Images.ReadAll(source));
    }

    [SkippableTheory]
    [InlineData("yuv420p10le", 2)]
    [InlineData("yuv422p12le", 4)]
    [InlineData("gray16le", 8)]
    public void Read_DeepPixels_RoundsThem(string format, int shift)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("clip.nut");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", "-pix_fmt", format, "-c:v", "rawvideo", path);
        byte[] deep = Tools.FFmpeg("-i", path, "-vf", "extractplanes=y", "-f", "rawvideo", "-");
        byte[] expected = [.. deep.Chunk(2).Select(b => (byte)Math.Min(255, (b[0] + 256 * b[1] + (1 << (shift - 1))) >> shift))];

        using IFrameSource source = Of(path);
        Assert.Equal(expected, Images.ReadAll(source));
    }

    [SkippableTheory]
    [InlineData("frame.png", "-frames:v", "1")]
    [InlineData("clip.gif", "-frames:v", "4")]
    [InlineData("frame.jpg", "-frames:v", "1")]
    public void Read_Image_HasFrames(string name, params string[] arguments)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg(["-f", "lavfi", "-i", "testsrc2=s=66x50:r=5:d=1", .. arguments, directory.File(name)]);

        using IFrameSource source = Of(directory.File(name));
        Assert.Equal(66 * 50 * int.Parse(arguments[1], null), Images.ReadAll(source).Length);
    }

    // Fully black frames of at most 4096 bytes are where NUT leaves out the bytes that a frame begins with.
    [SkippableTheory]
    [InlineData("color=black:s=32x32:r=5:d=1")]
    [InlineData("nullsrc=s=16x8:r=5:d=1,geq=lum='if(eq(X+16*Y,2),1,0)':cb=128:cr=128")]
    [InlineData("testsrc2=s=2x2:r=5:d=1")]
    public void Read_SmallFrames_ArriveWhole(string video)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("clip.mkv");
        Tools.FFmpeg("-f", "lavfi", "-i", video, "-pix_fmt", "yuv420p", "-c:v", "ffv1", path);
        byte[] expected = Tools.FFmpeg("-i", path, "-vf", "extractplanes=y", "-f", "rawvideo", "-");

        using IFrameSource source = Of(path);
        Assert.Equal(expected, Images.ReadAll(source));
    }

    [SkippableFact]
    public void Read_WanderingRate_KeepsTheTimes()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("clip.mkv");

        // Frames at n*n/90000 s: no two gaps are the same, and none is a whole millisecond.
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=3", "-vf", "settb=1/90000,setpts=3000*N+37*N*N",
            "-fps_mode", "passthrough", "-enc_time_base", "1:90000", "-c:v", "rawvideo", "-f", "nut", path);
        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        for (int n = 0; n < 30; n++)
        {
            Assert.True(source.Read(frame));
            Assert.Equal((3000.0 * n + 37 * n * n) / 90, frame.MediaTime.TotalMilliseconds, 0.001);
        }
    }

    [SkippableFact]
    public void Open_RotatedClip_IsTurned()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=1", "-pix_fmt", "yuv420p", directory.File("flat.mp4"));
        // Versions from 6 on have an option for it, and no longer take the metadata.
        bool hasOption = Encoding.UTF8.GetString(Tools.Run("ffmpeg", "-hide_banner", "-h", "full"))
            .Contains("-display_rotation", StringComparison.Ordinal);
        Tools.FFmpeg(
        [
            .. hasOption ? (string[])["-display_rotation", "90"] : [], "-i", directory.File("flat.mp4"), "-c", "copy",
            .. hasOption ? (string[])[] : ["-metadata:s:v:0", "rotate=90"], directory.File("turned.mp4"),
        ]);

        using IFrameSource source = Of(directory.File("turned.mp4"));
        source.Open(CancellationToken.None);
        Assert.Equal((48, 64), (source.Info.Granted.Width, source.Info.Granted.Height));
    }

    [SkippableTheory]
    [InlineData("", "the file is empty")]
    [InlineData("root:x:0:0:root:/root:/bin/bash\n", "does not recognize it as a video")]
    public void Open_NoVideo_SaysSo(string content, string message)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("x.mp4"), content);

        AssertFails(directory.File("x.mp4"), message);
    }

    [SkippableFact]
    public void Open_SoundOnly_SaysSo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg("-f", "lavfi", "-i", "sine=d=0.2", directory.File("x.wav"));

        AssertFails(directory.File("x.wav"), "no video in it");
    }

    // FFmpeg would follow all of these to other files and addresses.
    [SkippableTheory]
    [InlineData("concat:a.mp4|b.mp4")]
    [InlineData("subfile,,start,0,end,0,,:a.mp4")]
    [InlineData("-i")]
    [InlineData("nothing.mp4")]
    public void Create_NameThatIsNoFile_IsRefused(string name)
    {
        Tools.NeedFFmpeg();
        LiveConvException refused = Assert.Throws<LiveConvException>(() => Of(name).Dispose());

        Assert.Equal($"{name} does not exist: check the name", refused.Message);
    }

    [SkippableFact]
    public void Open_PlaylistOfAnotherFile_IsNotFollowedToTheNetwork()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        File.WriteAllText(
            directory.File("x.m3u8"), "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n");

        AssertFails(directory.File("x.m3u8"), "it is a playlist of other files or addresses, which are not followed");
    }

    [SkippableFact]
    public void Open_ListOfOtherFiles_IsNotFollowedAndSaysSo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("x.ffconcat"), $"ffconcat version 1.0\nfile {Tools.Clip}\n");

        AssertFails(directory.File("x.ffconcat"), "it is a playlist of other files or addresses, which are not followed");
    }

    [SkippableTheory]
    [InlineData("foo://x", "addresses of this kind are not supported: use http")]
    [InlineData("gopher://x/y", "addresses of this kind are not supported: use http")]
    [InlineData("http://", "the address names no host")]
    [InlineData("rtsp:///live", "the address names no host")]
    public void Open_AddressThatIsNone_SaysWhatIsWrong(string address, string message)
    {
        Tools.NeedFFmpeg();
        AssertFails(address, message);
    }

    [SkippableFact]
    public void Open_SoundWithACover_SaysSo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "sine=d=0.2", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=0.1:r=10", "-map", "0", "-map", "1",
            "-frames:v", "1", "-c:v", "png", "-c:a", "flac", "-disposition:v", "attached_pic", directory.File("x.flac"));

        AssertFails(directory.File("x.flac"), "there is no video in it, only a cover image");
    }

    [SkippableFact]
    public void Open_NameWithStrangeLetters_IsRead()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("-y a'b \"c\" %d Ü.mp4");
        File.Copy(Tools.Clip, path);

        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        Assert.Equal(720, source.Info.Granted.Width);
    }

    [SkippableFact]
    public void Dispose_InTheMiddle_LeavesNoProcess()
    {
        Tools.NeedFFmpeg();
        IFrameSource source = Of(Tools.Clip);
        source.Open(CancellationToken.None);
        int id = ((FFmpegSource)source).ChildId;
        Assert.True(source.Read(Images.NewFrame()));

        source.Dispose();
        source.Dispose();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [SkippableFact]
    public async Task Open_AddressThatNeverAnswers_EndsWhenStopped()
    {
        Tools.NeedFFmpeg();
        using var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        using IFrameSource source = Sources.Create(
            SourceSpec.Parse($"http://user:secret@{server.LocalEndpoint}/x.mp4"), new SourceMode(), TimeProvider.System, new Notices());
        using var stop = new CancellationTokenSource();
        Task open = Task.Factory.StartNew(() => source.Open(stop.Token), TaskCreationOptions.LongRunning);
        using System.Net.Sockets.Socket asked = await server.AcceptSocketAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain("secret", source.Info.Name, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_AddressWhereNobodyListens_SaysSoWithoutThePassword()
    {
        Tools.NeedFFmpeg();
        using IFrameSource source = Sources.Create(
            SourceSpec.Parse("http://user:secret@127.0.0.1:9/x.mp4"), new SourceMode(), TimeProvider.System, new Notices());

        LiveConvException failed = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None));
        Assert.Contains("no server answers there (connection refused)", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Need_NoFFmpeg_SaysHowToGetIt()
    {
        LiveConvException missing = Assert.Throws<LiveConvException>(() => FFmpegTool.Require("reading x.mp4", searchPath: "/nonexistent"));

        Assert.StartsWith("reading x.mp4 needs ffmpeg, which was not found (", missing.Message, StringComparison.Ordinal);
    }

    private static IFrameSource Of(string path) =>
        Sources.Create(SourceSpec.Parse(path), new SourceMode(), TimeProvider.System, new Notices());

    private static void AssertFails(string path, string message)
    {
        using IFrameSource source = Of(path);
        LiveConvException failed = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None));
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Message);
    }
}

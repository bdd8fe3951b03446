using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>Live streams: their times, their end, and how soon they start.</summary>
public sealed class NetworkSourceTests
{
    // A busy machine is late by so much; a wrong clock by more.
    private const double Tolerance = 1.2;
    private static readonly Lazy<byte[]> Jpeg = new(() =>
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120", "-frames:v", "1", "-pix_fmt", "yuvj420p", "-f", "mjpeg", "-"));

    public static TheoryData<string> Headers => ["Content-Type: multipart/x-mixed-replace; boundary=frame", "Content-Type: image/jpeg"];

    [SkippableTheory]
    [MemberData(nameof(Headers))]
    public void Read_HttpCameraWithAPause_HasTheTimesOfArrival(string header)
    {
        Tools.NeedFFmpeg();
        double[] sent = [0, 0.2, 0.4, 0.6, 2.6, 2.8, 3.0, 3.2];
        using var camera = new HttpCamera(Jpeg.Value, sent) { Header = header };
        using IFrameSource source = Open(camera.Address, isOffline: true);

        double[] times = ReadAll(source);

        Assert.True(source.IsLive);
        Assert.Equal(sent.Length, times.Length);
        Assert.All(times.Zip(sent), pair => Assert.InRange(pair.First, pair.Second - Tolerance, pair.Second + Tolerance));
        Assert.Equal(TimesOrigin.Arrival, source.Info.Times);
        Assert.Null(source.Info.Granted.Fps);
        Assert.Contains("times by arrival", source.Info.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", source.Info.Note, StringComparison.Ordinal);
        Assert.Contains("the live stream ended", source.Info.Ended, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Read_CameraKilledAndRestarted_GoesOnAtTheRightTimes()
    {
        Tools.NeedFFmpeg();
        var notices = new Notices();
        var lines = new List<string>();
        notices.Posted += notice => lines.Add(notice.Text);
        var camera = new HttpCamera(Jpeg.Value, Enumerable.Range(0, 1000).Select(i => i / 5.0));
        int port = camera.Port;
        using IFrameSource source = Open(camera.Address, isOffline: false, notices);
        using Frame frame = Images.NewFrame();
        Read(source, frame, 5);
        TimeSpan before = frame.MediaTime;
        long killed = TimeProvider.System.GetTimestamp();

        camera.Dispose();
        _ = Task.Delay(TimeSpan.FromSeconds(1.5)).ContinueWith(
            _ => camera = new HttpCamera(Jpeg.Value, Enumerable.Range(0, 1000).Select(i => i / 5.0), port), TaskScheduler.Default);
        Read(source, frame, 4);
        double passed = TimeProvider.System.GetElapsedTime(killed).TotalSeconds;
        camera.Dispose();

        Assert.Equal(8, frame.Sequence);
        Assert.InRange((frame.MediaTime - before).TotalSeconds, passed - Tolerance - 0.3, passed + Tolerance);
        Assert.Equal(1, source.Info.Reconnects);
        Assert.Contains(lines, line => line.StartsWith($"waiting for http://127.0.0.1:{port}/...", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("is back", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("h264")]
    [InlineData("jpeg")]
    public async Task Read_RtspCameraKilledAndRestarted_GoesOnAtTheRightTimes(string codec)
    {
        Tools.NeedFFmpeg();
        RtspCamera camera = await RtspCamera.StartAsync(fps: 5, codec);
        int port = camera.Port;
        try
        {
            using IFrameSource source = Open(camera.Address, isOffline: false);
            using Frame frame = Images.NewFrame();
            Read(source, frame, 5);
            long begun = TimeProvider.System.GetTimestamp();
            TimeSpan first = frame.MediaTime;
            Read(source, frame, 10);
            Assert.InRange((frame.MediaTime - first).TotalSeconds, 2 - Tolerance, 2 + Tolerance);
            Assert.Equal(TimesOrigin.Own, source.Info.Times);

            camera.Dispose();
            camera = await RtspCamera.StartAsync(fps: 5, codec, port);
            int late = 0;
            for (; source.Info.Reconnects == 0; late++)
            {
                // On a busy machine some frames of the first connection have not been taken yet.
                Assert.True(source.Read(frame));
            }

            Read(source, frame, 4);

            double passed = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            Assert.Equal(18 + late, frame.Sequence);
            Assert.InRange((frame.MediaTime - first).TotalSeconds, passed - Tolerance - 0.3, passed + Tolerance);
            Assert.Equal(1, source.Info.Reconnects);
        }
        finally
        {
            camera.Dispose();
        }
    }

    // Encrypted, and where the camera sends its video beside the connection: through the relay, too.
    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Read_RtspCameraBehindTlsOrWithUdp_IsReadAtTheRightTimes(bool isEncrypted, bool isUdp)
    {
        Tools.NeedFFmpeg();
        using RtspCamera camera = await RtspCamera.StartAsync(fps: 5, "h264", isUdp: isUdp);
        using var tls = new TlsListener("camera", (client, stop) => TlsListener.ForwardAsync(client, camera.Port, stop));
        using IFrameSource source = Open(isEncrypted ? $"rtsps://{tls.At}/live" : camera.Address, isOffline: false);
        using Frame frame = Images.NewFrame();
        Read(source, frame, 5);
        TimeSpan first = frame.MediaTime;

        Read(source, frame, 30);

        Assert.InRange((frame.MediaTime - first).TotalSeconds, 6 - Tolerance, 6 + Tolerance);
        Assert.Equal(TimesOrigin.Own, source.Info.Times);
        Assert.Equal(0, source.Info.Reconnects);
    }

    [SkippableFact]
    public async Task Read_SilentCamera_IsWaitedFor()
    {
        Tools.NeedFFmpeg();
        using var camera = new HttpCamera(Jpeg.Value, [0, 0.2, 100]);
        using IFrameSource source = Open(camera.Address, isOffline: false);
        using var stop = new CancellationTokenSource();
        source.Open(stop.Token);
        using Frame frame = Images.NewFrame();
        Task<bool> reading = Task.Run(() =>
        {
            while (source.Read(frame))
            {
            }

            return true;
        });

        await WaitUntil(() => source.Info.Waiting is not null);

        Assert.Contains("no images come", source.Info.Waiting, StringComparison.Ordinal);
        await stop.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(10));
    }

    // None may be lost to an analysis at the start, which takes longer than the whole stream.
    [SkippableTheory]
    [InlineData("mpegts", "libx264")]
    [InlineData("h264", "libx264")]
    [InlineData("mjpeg", "mjpeg")]
    [InlineData("matroska", "libx264")]
    public async Task Read_ShortTcpStream_IsReadWhole(string format, string encoder)
    {
        Tools.NeedFFmpeg();
        int port = FreePort();
        Task sending = Task.Run(() => Tools.FFmpeg([
            "-re", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=3", "-c:v", encoder, "-g", "10", "-bf", "0", "-pix_fmt", "yuvj420p",
            .. encoder == "libx264" ? (string[])["-tune", "zerolatency"] : [],
            "-f", format, $"tcp://127.0.0.1:{port}?listen"]));
        double[] times = await ReadWhenListening($"tcp://127.0.0.1:{port}");
        await sending;

        Assert.Equal(30, times.Length);
        Assert.InRange(times[^1], 2.9 - Tolerance - 0.2, 2.9 + Tolerance);
    }

    [SkippableTheory]
    [InlineData("tv", LumaRange.Limited)]
    [InlineData("pc", LumaRange.Full)]
    public async Task Read_Stream_KeepsTheRangeAndShapeOfItsPixels(string range, LumaRange expected)
    {
        Tools.NeedFFmpeg();
        int port = FreePort();
        Task sending = Task.Run(() => Tools.FFmpeg([
            "-re", "-f", "lavfi", "-i", $"testsrc2=s=160x120:r=10:d=2,scale=out_range={range},format=yuv420p,setsar=2/1", "-c:v", "libx264",
            "-color_range", range, "-g", "5", "-tune", "zerolatency", "-f", "mpegts", $"tcp://127.0.0.1:{port}?listen"]));
        using Frame frame = Images.NewFrame();
        using IFrameSource source = await OpenWhenListening($"tcp://127.0.0.1:{port}");

        Assert.True(source.Read(frame));
        Assert.Equal((expected, new PixelAspect(2, 1)), (frame.Format.Range, frame.Format.Aspect));
        Assert.Equal(new PixelAspect(2, 1), source.Info.Aspect);
        while (source.Read(frame))
        {
        }

        await sending;
    }

    // A reader that is slow, as a busy encoder is, does not make the frames arrive later.
    [SkippableFact]
    public void Read_SlowReader_LeavesTheTimesOfArrival()
    {
        Tools.NeedFFmpeg();
        double[] sent = [.. Enumerable.Range(0, 15).Select(i => i / 10.0)];
        using var camera = new HttpCamera(Jpeg.Value, sent);
        using IFrameSource source = Open(camera.Address, isOffline: true);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        Assert.True(source.Read(frame));
        long begun = TimeProvider.System.GetTimestamp();

        SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(begun) > TimeSpan.FromSeconds(4));
        var times = new List<double>();
        while (source.Read(frame))
        {
            times.Add(frame.MediaTime.TotalSeconds);
        }

        Assert.Equal(sent.Length - 1, times.Count);
        Assert.InRange(times[^1], sent[^1] - Tolerance, sent[^1] + Tolerance);
    }

    [SkippableFact]
    public void Open_FileOfRawFramesBehindTls_IsNoCamera()
    {
        Tools.NeedFFmpeg();
        byte[] clip = [.. Enumerable.Repeat(Jpeg.Value, 10).SelectMany(image => image)];
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {clip.Length}\r\n\r\n");
        using var server = new TlsListener("camera", async (client, stop) =>
        {
            _ = await client.ReadAsync(new byte[8192], stop);
            await client.WriteAsync((byte[])[.. head, .. clip], stop);
            await client.ShutdownAsync();
        });
        using IFrameSource source = Open($"https://{server.At}/", isOffline: true);

        Assert.Equal(10, ReadAll(source).Length);
        Assert.False(source.IsLive);
        Assert.Equal(TimesOrigin.Rate, source.Info.Times);
    }

    [SkippableFact]
    public void Open_FileOfRawFramesOnAServer_IsNoCamera()
    {
        Tools.NeedFFmpeg();
        byte[] clip = [.. Enumerable.Repeat(Jpeg.Value, 10).SelectMany(image => image)];
        using var server = new HttpCamera(clip, [0]) { Header = $"Content-Type: image/jpeg\r\nContent-Length: {clip.Length}" };
        using IFrameSource source = Sources.Create(
            SourceSpec.Parse(server.Address), new SourceMode(Fps: 4), TimeProvider.System, new Notices());

        double[] times = ReadAll(source);

        Assert.False(source.IsLive);
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => i / 4.0)], times);
        Assert.Null(source.Info.Ended);
    }

    // Schemes may be written in capitals.
    [SkippableFact]
    public void Read_SchemeInCapitals_IsTheSame()
    {
        Tools.NeedFFmpeg();
        using var camera = new HttpCamera(Jpeg.Value, [0, 0.1]);
        using IFrameSource source = Open(camera.Address.Replace("http", "HTTP", StringComparison.Ordinal), isOffline: true);

        Assert.Equal(2, ReadAll(source).Length);
    }

    [SkippableTheory]
    [InlineData("rtsp://user:pa/S3CRET@camera/x", "write / as %2F")]
    [InlineData("rtsp:user:S3CRET@camera/x", "two slashes behind its scheme")]
    [InlineData("http:/user:S3CRET@camera/x", "two slashes behind its scheme")]
    public void Create_AddressWithoutAHost_SaysWhyWithoutTheSecret(string address, string reason)
    {
        LiveConvException refused = Assert.Throws<LiveConvException>(() => Open(address, isOffline: false).Dispose());

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", refused.Message, StringComparison.Ordinal);
    }

    private static IFrameSource Open(string address, bool isOffline, Notices? notices = null)
    {
        IFrameSource source = Sources.Create(
            SourceSpec.Parse(address), new SourceMode(), TimeProvider.System, notices ?? new Notices(), isOffline: isOffline);
        return source;
    }

    private static async Task<double[]> ReadWhenListening(string address)
    {
        using IFrameSource source = await OpenWhenListening(address);
        return ReadOn(source);
    }

    private static async Task<IFrameSource> OpenWhenListening(string address)
    {
        for (int attempt = 0; ; attempt++)
        {
            IFrameSource source = Open(address, isOffline: true);
            try
            {
                source.Open(CancellationToken.None);
                return source;
            }
            catch (LiveConvException e) when (attempt < 100 && e.Message.Contains("refused", StringComparison.Ordinal))
            {
                source.Dispose();
                await Task.Delay(50);
            }
        }
    }

    private static double[] ReadAll(IFrameSource source)
    {
        source.Open(CancellationToken.None);
        return ReadOn(source);
    }

    private static double[] ReadOn(IFrameSource source)
    {
        using Frame frame = Images.NewFrame();
        var times = new List<double>();
        while (source.Read(frame))
        {
            times.Add(frame.MediaTime.TotalSeconds);
        }

        return [.. times];
    }

    private static void Read(IFrameSource source, Frame frame, int frames)
    {
        if (frames == 5)
        {
            source.Open(CancellationToken.None);
        }

        for (int i = 0; i < frames; i++)
        {
            Assert.True(source.Read(frame));
        }
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

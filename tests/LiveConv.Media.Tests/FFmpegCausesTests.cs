using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class FFmpegCausesTests
{
    private const string CutOff = "the file is damaged or cut off: copy it again";

    [SkippableTheory]
    [InlineData("x.mp4", "", "the file is empty")]
    [InlineData("x.png", "", "the file is empty")]
    [InlineData("x.mp4", "a text\n", "ffmpeg does not recognize it as a video")]
    [InlineData("x.mkv", "a text\n", "ffmpeg does not recognize it as a video")]
    [InlineData("x", "a text\n", "ffmpeg does not recognize it as a video")]
    [InlineData("x.png", "a text\n", "it is not the image that its ending promises")]
    [InlineData("x.jpg", "a text\n", "it is not the image that its ending promises")]
    [InlineData("x.svg", "a text\n", "it is not an SVG image")]
    [InlineData("x.webp", "a text\n", "it is damaged or cut off")]
    [InlineData("x.yuv", "a text\n", "it is raw video, whose size nothing states")]
    [InlineData("x.rgb", "a text\n", "it is raw video, whose size nothing states")]
    public void Open_Text_NamesTheCause(string name, string content, string cause)
    {
        Tools.NeedFFmpeg();
        Tools.NeedCodecsOf(name);
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File(name), content);

        Assert.Contains(cause, Failure(directory.File(name)), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("mkv", 100, CutOff)]
    [InlineData("mkv", 500, CutOff)]
    [InlineData("mkv", 700, CutOff)]
    [InlineData("mkv", 2000, CutOff)]
    [InlineData("mp4", 5000, "the file is incomplete or still being written (its index is missing)")]
    [InlineData("png", 200, "it is damaged or cut off")]
    [InlineData("webp", 200, "it is damaged or cut off")]
    [InlineData("tiff", 200, "it is damaged or cut off")]
    [InlineData("bmp", 40, "cut off")]
    public void Open_CutFile_NamesTheCause(string ending, int length, string cause)
    {
        Tools.NeedFFmpeg();
        Tools.NeedCodecsOf(ending);
        using var directory = new TempDirectory();
        string path = directory.File("cut." + ending);
        string[] frames = ending is "mkv" or "mp4" ? ["-c:v", "mpeg4"] : ["-frames:v", "1"];
        Tools.FFmpeg(["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=1", .. frames, path]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Assert.Contains(cause, Failure(path), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    [InlineData("gif")]
    public void Read_ImageCutAnywhere_IsOneLineOrAnImageWithANote(string ending)
    {
        Tools.NeedFFmpeg();
        Tools.NeedCodecsOf(ending);
        using var directory = new TempDirectory();
        string path = directory.File("cut." + ending);
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-frames:v", "1", path);
        byte[] whole = File.ReadAllBytes(path);
        for (int cut = 1; cut <= 20; cut++)
        {
            File.WriteAllBytes(path, whole[..(whole.Length * cut / 21)]);
            using IFrameSource source = Of(path);
            string message;
            try
            {
                Images.ReadAll(source);
                message = source.Info.Note ?? "no note";
            }
            catch (LiveConvException e)
            {
                message = e.Message;
            }

            Assert.Contains("damaged", message, StringComparison.Ordinal);
            Assert.DoesNotContain("Error", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }

    // FFmpeg misses the end of every progressive JPEG.
    [SkippableTheory]
    [InlineData("JPEG", 0, false)]
    [InlineData("None", 0, false)]
    [InlineData("JPEG", 2, true)]
    [InlineData("None", 2, true)]
    [InlineData("JPEG", 60, true)]
    public void Read_JpegWithItsEnd_IsNotDamaged(string interlace, int missing, bool isDamaged)
    {
        Tools.NeedFFmpeg();
        Skip.IfNot(File.Exists("/usr/bin/convert"), "ImageMagick is not installed");
        using var directory = new TempDirectory();
        string path = directory.File("x.jpg");
        Tools.Run("convert", "-size", "64x48", "plasma:", "-interlace", interlace, path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^missing]);
        using IFrameSource source = Of(path);
        Images.ReadAll(source);

        Assert.Equal(isDamaged, source.Info.Note is not null);
        Assert.StartsWith(isDamaged ? "damaged: " : "", source.Info.Note ?? "", StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_AnimatedWebP_SaysSo()
    {
        Tools.NeedFFmpeg();
        Skip.IfNot(Tools.Has("-encoders", "libwebp_anim"), "ffmpeg has no libwebp_anim");
        using var directory = new TempDirectory();
        string path = directory.File("x.webp");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-c:v", "libwebp_anim", path);

        Assert.Contains("it is an animated WebP", Failure(path), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_UnknownCodec_SaysSo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("x.avi");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-c:v", "mpeg4", "-vtag", "XVID", path);
        byte[] video = File.ReadAllBytes(path);
        for (int at; (at = video.AsSpan().IndexOf("XVID"u8)) >= 0;)
        {
            "ZQZQ"u8.CopyTo(video.AsSpan(at));
        }

        File.WriteAllBytes(path, video);

        Assert.Contains("this ffmpeg has no decoder for its video", Failure(path), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_Device_IsNoEmptyFile()
    {
        Tools.NeedFFmpeg();
        Skip.IfNot(OperatingSystem.IsLinux(), "a test for Linux");

        Assert.Contains("ffmpeg does not recognize it as a video", Failure("/dev/zero"), StringComparison.Ordinal);
    }

    // A file of the system's that nobody may read, not even root.
    [SkippableFact]
    public void Open_FileThatMayNotBeRead_SaysSo()
    {
        Tools.NeedFFmpeg();
        const string WriteOnly = "/sys/bus/cpu/uevent";
        Skip.IfNot(File.Exists(WriteOnly), "the system has no such file");

        Assert.Contains("not permitted: check its permissions", Failure(WriteOnly), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_PixelsThatFFmpegCannotConvert_SaysSo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("x.nut");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-pix_fmt", "rgb4", "-c:v", "rawvideo", path);

        Assert.Contains("a layout that this ffmpeg cannot convert to gray", Failure(path), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Read_BayerVideo_IsConverted()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("x.nut");
        File.WriteAllBytes(directory.File("raw"), [.. Enumerable.Repeat((byte)100, 3 * 64 * 48)]);
        Tools.FFmpeg(
            "-f", "rawvideo", "-pix_fmt", "bayer_rggb8", "-video_size", "64x48", "-i", directory.File("raw"), "-c", "copy", path);
        using IFrameSource source = Of(path);

        byte[] pixels = Images.ReadAll(source);

        Assert.Equal(3 * 64 * 48, pixels.Length);
        Assert.All(pixels, pixel => Assert.InRange(pixel, 98, 102));
    }

    [SkippableTheory]
    [InlineData("avi", "there is no image in it that can be decoded")]
    [InlineData("mkv", CutOff)]
    public void Open_VideoWithoutAnImage_SaysSo(string ending, string cause)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("x." + ending);
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-pix_fmt", "yuv420p", "-c:v", "rawvideo", "-allow_raw_vfw", "1", "-bsf:v",
            "noise=drop=1", path);

        Assert.Contains(cause, Failure(path), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_ServerThatResetsTheConnection_SaysSo()
    {
        Tools.NeedFFmpeg();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _ = Task.Run(async () =>
        {
            using Socket client = await server.AcceptSocketAsync();
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await client.ReceiveAsync(new byte[1]);
        });

        string message = Failure($"http://{server.LocalEndpoint}/S3CRET");

        Assert.Contains("the server broke the connection off", message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    public void Open_HttpsAtAServerWithoutTls_SaysSo(string answer)
    {
        Tools.NeedFFmpeg();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _ = Task.Run(async () =>
        {
            using Socket client = await server.AcceptSocketAsync();
            await client.ReceiveAsync(new byte[4096]);
            await client.SendAsync(Encoding.ASCII.GetBytes(answer));
            await client.ReceiveAsync(new byte[4096]);
        });

        string message = Failure($"https://{server.LocalEndpoint}/S3CRET");

        Assert.Contains("the server does not speak TLS there", message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("401 Unauthorized", "the server requires a user and a password, or refuses these (401)")]
    [InlineData("403 Forbidden", "the server does not permit it (403)")]
    [InlineData("404 Not Found", "the server has nothing at this address (404): check the path")]
    [InlineData("410 Gone", "the server has nothing at this address (410): check the path")]
    [InlineData("429 Too Many Requests", "the server refuses the request (429)")]
    [InlineData("503 Service Unavailable", "the server has a fault of its own (503)")]
    [InlineData("200 OK", "ffmpeg does not recognize it as a video")]
    public void Open_AddressWithoutAVideo_NamesTheServersReason(string status, string cause)
    {
        Tools.NeedFFmpeg();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _ = AnswerAsync(server, $"HTTP/1.1 {status}\r\nContent-Length: 9\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>no</p>");

        string message = Failure($"http://user:S3CRET@{server.LocalEndpoint}/x.mp4?key=S3CRET");

        Assert.Contains(cause, message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[error] Error marking filters as finished", "[x @ 0x1] [error] the true reason", "the true reason")]
    [InlineData("[error] Conversion failed!", "[x @ 0x1] [fatal] the true reason", "the true reason")]
    [InlineData("[error] http://h/x: Operation timed out", "", "the server does not answer in time")]
    [InlineData("[error] No route to host", "", "the network does not reach that host")]
    [InlineData("[error] no such thing at http://h/key", "", "no such thing at http://h/...")]
    public void Explain_LastMessageIsAConsequence_FindsTheReason(string last, string before, string cause)
    {
        FFmpegInput input = FFmpegInput.Url("http://h/x");

        string found = FFmpegError.Explain(input, ["[info] title: Connection refused", before, last])!;

        Assert.StartsWith(cause, found, StringComparison.Ordinal);
    }

    // What FFmpeg prints of a camera that another program has, that the user may not open, and that is not there.
    [Theory]
    [InlineData("ioctl(VIDIOC_STREAMON): Device or resource busy", "another program uses it: close that program")]
    [InlineData("Cannot open video device /dev/video9: Permission denied", "not permitted: ")]
    [InlineData("Cannot open video device /dev/video9: No such file or directory", "there is no such camera")]
    public void Explain_Camera_FindsTheReason(string message, string cause)
    {
        FFmpegInput input = FFmpegInput.Camera("v4l2", "/dev/video9", "Cam", new SourceMode());

        string? found = FFmpegError.Explain(
            input, [$"[video4linux2,v4l2 @ 0x1] [error] {message}", "[error] /dev/video9: Input/output error"]);

        Assert.Equal(cause == "not permitted: " ? cause + CameraAccess.HowTo : cause, found);
    }

    // Neither system reports that the user has not permitted it: the message is the same as for a camera that another program uses.
    [Theory]
    [InlineData("dshow", "Could not run graph (sometimes caused by a device already in use by other application)", CameraAccess.OnWindows)]
    [InlineData("dshow", "Unable to BindToObject for Cam", CameraAccess.OnWindows)]
    [InlineData("avfoundation", "Failed to create AV capture input device: Cannot use FaceTime HD Camera", CameraAccess.OnMac)]
    public void Explain_CameraThatMayNotBePermitted_NamesTheSetting(string format, string message, string setting)
    {
        FFmpegInput input = FFmpegInput.Camera(format, "video=@device_pnp", "Cam", new SourceMode());

        string? found = FFmpegError.Explain(input, [$"[{format} @ 0x1] [error] {message}", $"[error] {input.Address}: I/O error"]);

        Assert.Equal($"{message}: close other programs that use it, or {setting}", found);
    }

    // Versions before 6.1 end with the address and the system's error, whatever was wrong; avfoundation lists what it supports as errors.
    [Theory]
    [InlineData("dshow", "Could not set video options")]
    [InlineData(
        "avfoundation", "Selected framerate (30.000000) is not supported by the device.", "Supported modes:",
        "  640x480@[15.000000 30.000000]fps", "  1280x720@[1.000000 30.000000]fps")]
    [InlineData(
        "avfoundation", "Selected pixel format (yuv420p) is not supported by the input device.", "Supported pixel formats:",
        "  uyvy422", "  nv12", "  0rgb")]
    public void Explain_CameraOfAnOlderVersion_FindsTheReasonBeforeTheLastLine(string format, params string[] messages)
    {
        FFmpegInput input = FFmpegInput.Camera(format, "video=@device_pnp", "Cam", new SourceMode());

        string? found = FFmpegError.Explain(
            input, [.. messages.Select(message => $"[{format} @ 0x1] [error] {message}"), $"[error] {input.Address}: I/O error"]);

        Assert.Equal(messages[0], found);
    }

    // What FFmpeg 6 and later print in the end of a camera that ended early, or whose options they do not know.
    [Theory]
    [InlineData("it ended before an image came", "[vost#0:0/rawvideo @ 1] [error] Could not open encoder before EOF")]
    [InlineData("it ended before an image came", "[in#0/dshow @ 1] [error] Error during demuxing: I/O error")]
    [InlineData(
        "No JPEG data found in image", "[mjpeg @ 1] [error] No JPEG data found in image",
        "[in#0/dshow @ 1] [error] Error during demuxing: I/O error", "[vost#0:0/rawvideo @ 1] [error] Could not open encoder before EOF")]
    [InlineData(
        "this ffmpeg lacks an option", "[error] Unrecognized option 'rtbufsize'.",
        "[fatal] Error splitting the argument list: Option not found")]
    public void Explain_ConsequencesOfNewerVersions_AreNoReason(string cause, params string[] messages)
    {
        FFmpegInput input = FFmpegInput.Camera("dshow", "video=@device_pnp", "Cam", new SourceMode());

        string? found = FFmpegError.Explain(
            input,
            [
                .. messages, "[vost#0:0/rawvideo @ 1] [error] Task finished with error code: -22 (Invalid argument)",
                "[out#0/nut @ 1] [error] Nothing was written into output file, because at least one of its streams received no packets.",
            ]);

        Assert.StartsWith(cause, found, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener server, string answer)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await server.AcceptTcpClientAsync();
                using NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private static IFrameSource Of(string path) =>
        Sources.Create(SourceSpec.Parse(path), new SourceMode(), TimeProvider.System, new Notices(), isOffline: true);

    private static string Failure(string path)
    {
        using IFrameSource source = Of(path);
        LiveConvException failed = Assert.Throws<LiveConvException>(() => Images.ReadAll(source));
        Assert.DoesNotContain('\n', failed.Message);
        return failed.Message;
    }
}

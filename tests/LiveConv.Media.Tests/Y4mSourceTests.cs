using System.IO.Pipes;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class Y4mSourceTests
{
    private static readonly byte[] Luma = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    // 5x3 pixels: chroma is rounded up. The numbers are the bytes behind the luma.
    [Theory]
    [InlineData("", 12)]
    [InlineData(" C420", 12)]
    [InlineData(" C420jpeg", 12)]
    [InlineData(" C420mpeg2", 12)]
    [InlineData(" C420paldv", 12)]
    [InlineData(" C411", 12)]
    [InlineData(" C410", 4)]
    [InlineData(" C422", 18)]
    [InlineData(" C440", 20)]
    [InlineData(" C444", 30)]
    [InlineData(" Cmono", 0)]
    [InlineData(" C420p8", 12)]
    [InlineData(" Cmono8", 0)]
    [InlineData(" Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED", 12)]
    public void Read_EightBitFormat_KeepsTheLuma(string parameters, int behind)
    {
        byte[] frame = [.. Luma, .. Enumerable.Repeat((byte)200, behind)];
        using Y4mSource source =
            Opened([.. Ascii($"YUV4MPEG2 W5 H3 F30000:1001{parameters}\nFRAME\n"), .. frame, .. Ascii("FRAME Ixyz\n"), .. frame]);
        using Frame image = Images.NewFrame();

        Assert.True(source.Read(image));
        Assert.Equal(Luma, Images.Bytes(image));
        Assert.True(source.Read(image));
        Assert.Equal(Luma, Images.Bytes(image));
        Assert.Equal(TimeSpan.FromTicks(333667), image.MediaTime);
        Assert.Equal(1, image.Sequence);
        Assert.False(source.Read(image));
    }

    [Fact]
    public void Read_Alpha_IsLaidOnWhite()
    {
        byte[] frame = [100, 100, 100, .. Enumerable.Repeat((byte)128, 6), 255, 0, 51];
        using Y4mSource source = Opened([.. Ascii("YUV4MPEG2 W3 H1 F25:1 C444alpha XCOLORRANGE=FULL\nFRAME\n"), .. frame]);
        using Frame image = Images.NewFrame();

        Assert.True(source.Read(image));
        Assert.Equal([100, 255, 224], Images.Bytes(image));
    }

    [Theory]
    [InlineData("", LumaRange.Limited, 1, 1)]
    [InlineData("A0:0 C420jpeg", LumaRange.Limited, 1, 1)]
    [InlineData("A64:45 C420mpeg2 XCOLORRANGE=FULL", LumaRange.Full, 64, 45)]
    [InlineData("Cmono XCOLORRANGE=LIMITED", LumaRange.Full, 1, 1)]
    [InlineData("C422 XYSCSS=422 XCOLORRANGE=LIMITED", LumaRange.Limited, 1, 1)]
    public void Read_Header_SaysHowPixelsAreMeant(string parameters, LumaRange range, int x, int y)
    {
        using Y4mSource source = Opened([.. Ascii($"YUV4MPEG2 W1 H1 F25:1 {parameters}\nFRAME\n"), 1, 2, 3, 4, 5]);
        using Frame image = Images.NewFrame();

        Assert.True(source.Read(image));
        Assert.Equal((range, new PixelAspect(x, y)), (image.Format.Range, image.Format.Aspect));
        Assert.Equal(new PixelAspect(x, y), source.Info.Aspect);
    }

    [Theory]
    [InlineData("C420p10", 10, 12)]
    [InlineData("C422p12", 12, 18)]
    [InlineData("C444p16", 16, 30)]
    [InlineData("C420p9", 9, 12)]
    [InlineData("Cmono9", 9, 0)]
    [InlineData("Cmono10", 10, 0)]
    [InlineData("Cmono12", 12, 0)]
    [InlineData("Cmono16", 16, 0)]
    public void Read_DeepFormat_RoundsToEightBits(string tag, int depth, int behind)
    {
        int max = (1 << depth) - 1;
        int half = 1 << (depth - 9);
        int[] samples = [0, half - 1, half, max, max / 2, 16 << (depth - 8), 235 << (depth - 8), 0, 0, 0, 0, 0, 0, 0, 1 << (depth - 1)];
        byte[] luma = [.. samples.SelectMany(s => new[] { (byte)s, (byte)(s >> 8) })];
        byte[] frame = [.. luma, .. new byte[2 * behind]];
        using Y4mSource source = Opened([.. Ascii($"YUV4MPEG2 W5 H3 F25:1 {tag}\nFRAME\n"), .. frame, .. Ascii("FRAME\n"), .. frame]);
        using Frame image = Images.NewFrame();

        Assert.True(source.Read(image));
        Assert.Equal([0, 0, 1, 255, 128, 16, 235, 0, 0, 0, 0, 0, 0, 0, 128], Images.Bytes(image));
        Assert.True(source.Read(image));
        Assert.False(source.Read(image));
    }

    [SkippableTheory]
    [InlineData("gray")]
    [InlineData("yuv420p")]
    [InlineData("yuv411p")]
    [InlineData("yuv422p")]
    [InlineData("yuv444p")]
    public void Read_WrittenByFFmpeg_IsTheDecodedLuma(string format)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("clip.y4m");
        Tools.FFmpeg("-i", Tools.Clip, "-frames:v", "3", "-pix_fmt", format, path);
        byte[] expected = Tools.FFmpeg("-i", path, "-vf", "extractplanes=y", "-f", "rawvideo", "-");

        using var source = new Y4mSource(path, new SourceMode(), TimeProvider.System);
        Assert.Equal(expected, Images.ReadAll(source));
        Assert.Equal(new SourceMode(720, 405, 25, source.Info.Granted.Format), source.Info.Granted);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("RIFF....AVI ", 12)]
    [InlineData("RIFF....AVI \n", 0)]
    [InlineData("YUV4MPEG2 W5 H3", 15)]
    [InlineData("YUV4MPEG2 W5\n", 0)]
    [InlineData("YUV4MPEG2 W0 H3\n", 0)]
    [InlineData("YUV4MPEG2 W-5 H3\n", 0)]
    [InlineData("YUV4MPEG2 W99999999999 H3\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 F25\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 F25:0\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 F1:2147483647\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 F2147483647:1\n", 0)]
    [InlineData("YUV4MPEG2 W65535 H65535\n", 0)]
    [InlineData("YUV4MPEG2 W40000 H40000\n", 0)]
    [InlineData("YUV4MPEG2 W65535 H4097\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 Cmono8bit\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 C420p99\n", 0)]
    [InlineData("YUV4MPEG2 W5 H3 C\n", 0)]
    public void Open_Malformed_IsRefusedWithItsOffset(string content, int offset)
    {
        LiveConvException refused = Assert.Throws<LiveConvException>(() => Opened(Ascii(content)).Dispose());

        Assert.Contains($"(at byte {offset})", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("F1:1000", 0.001)]
    [InlineData("F10000:1", 10000)]
    [InlineData("F0:0", 25)]
    public void Open_RateAtTheBounds_IsTaken(string rate, double fps)
    {
        using Y4mSource source = Opened(Ascii($"YUV4MPEG2 W5 H3 {rate}\n"));

        Assert.Equal(fps, source.Info.Granted.Fps);
    }

    [Theory]
    [InlineData("YUV4MPEG2 W5 H3 F25:1 Cmono\r\nFRAME\r\n???")]
    [InlineData("\u00EF\u00BB\u00BFYUV4MPEG2 W5 H3 F25:1 Cmono\n")]
    [InlineData("\u00FF\u00FEY\0U\0V\0\n")]
    public void Open_PipeThatAShellTurnedIntoText_SaysWhichShellsDoNot(string content)
    {
        using var source = new Y4mSource(
            "standard input", new MemoryStream(Encoding.Latin1.GetBytes(content)), new SourceMode(), TimeProvider.System)
        {
            MayBeText = true,
        };

        string line = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None)).Message;

        Assert.Contains("use cmd, or PowerShell 7.4 or newer", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LinesEndWithCarriageReturns_IsRead()
    {
        using Y4mSource source = Opened([.. Ascii("YUV4MPEG2 W5 H3 F25:1 Cmono\r\nFRAME\r\n"), .. Luma]);

        Assert.Equal(Luma, Images.ReadOn(source));
        Assert.Equal("mono", source.Info.Granted.Format);
    }

    [Fact]
    public void Read_HeaderWithoutFrames_IsRefusedWithItsOffset()
    {
        using Y4mSource source = Opened(Ascii("YUV4MPEG2 W5 H3 F25:1 Cmono\n"));
        using Frame image = Images.NewFrame();

        LiveConvException refused = Assert.Throws<LiveConvException>(() => source.Read(image));
        Assert.Equal("standard input: the stream ends before its first frame (at byte 28)", refused.Message);
    }

    [Theory]
    [InlineData("FRAME\nxxxx", 38)]
    [InlineData("FRAME\nxxxxxxxxxxxxxxx", 49)]
    [InlineData("FRA", 31)]
    [InlineData("FROME\n", 28)]
    [InlineData("FRAMES\nxxxx", 28)]
    public void Read_Truncated_IsRefusedWithItsOffset(string behindHeader, int offset)
    {
        using Y4mSource source = Opened(Ascii($"YUV4MPEG2 W5 H3 F25:1 C420 \n{behindHeader}"));
        using Frame image = Images.NewFrame();

        LiveConvException refused = Assert.Throws<LiveConvException>(() => source.Read(image));
        Assert.Contains($"(at byte {offset})", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PipeThatStaysSilent_EndsWhenStopped()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        server.Write(Ascii("YUV4MPEG2 W5 H3 F25:1 Cmono\nFRAME\n"));
        using var source = new Y4mSource("standard input", client, new SourceMode(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        source.Open(stop.Token);
        Task<bool> read = Task.Factory.StartNew(() => source.Read(Images.NewFrame()), TaskCreationOptions.LongRunning);

        await stop.CancelAsync();

        Assert.False(await read.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Open_PipeThatStaysSilent_EndsWhenStopped()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        using var source = new Y4mSource("standard input", client, new SourceMode(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        Task open = Task.Factory.StartNew(() => source.Open(stop.Token), TaskCreationOptions.LongRunning);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [SkippableFact]
    public async Task Open_NamedPipeWithoutWriter_EndsWhenStopped()
    {
        using var directory = new TempDirectory();
        using var source = new Y4mSource(NamedPipe(directory), new SourceMode(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        Task open = Task.Factory.StartNew(() => source.Open(stop.Token), TaskCreationOptions.LongRunning);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [SkippableFact]
    public async Task Read_NamedPipeWhoseWriterStalls_EndsWhenStopped()
    {
        using var directory = new TempDirectory();
        string path = NamedPipe(directory);
        using var source = new Y4mSource(path, new SourceMode(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        Task open = Task.Factory.StartNew(() => source.Open(stop.Token), TaskCreationOptions.LongRunning);
        using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        writer.Write(Ascii("YUV4MPEG2 W5 H3 F25:1 Cmono\nFRAME\n"));
        await open.WaitAsync(TimeSpan.FromSeconds(5));
        Task<bool> read = Task.Factory.StartNew(() => source.Read(Images.NewFrame()), TaskCreationOptions.LongRunning);

        await stop.CancelAsync();

        Assert.False(await read.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [SkippableFact]
    public async Task Read_NamedPipe_IsReadToItsEnd()
    {
        using var directory = new TempDirectory();
        string path = NamedPipe(directory);
        using var source = new Y4mSource(path, new SourceMode(), TimeProvider.System);
        Task writing = Task.Run(() => File.WriteAllBytes(path, [.. Ascii("YUV4MPEG2 W5 H3 F25:1 Cmono\nFRAME\n"), .. Luma]));

        Assert.Equal(Luma, Images.ReadAll(source));
        await writing;
    }

    [Fact]
    public void Read_LargeFramesThroughAPipe_ArriveWhole()
    {
        byte[] pixels = new byte[1920 * 1080];
        new Random(1).NextBytes(pixels);
        using Y4mSource source =
            Opened([.. Ascii("YUV4MPEG2 W1920 H1080 F25:1 Cmono\nFRAME\n"), .. pixels, .. Ascii("FRAME\n"), .. pixels]);

        Assert.Equal([.. pixels, .. pixels], Images.ReadOn(source));
    }

    private static Y4mSource Opened(byte[] content)
    {
        var source = new Y4mSource("standard input", new MemoryStream(content), new SourceMode(), TimeProvider.System);
        source.Open(CancellationToken.None);
        return source;
    }

    private static string NamedPipe(TempDirectory directory)
    {
        Skip.If(OperatingSystem.IsWindows(), "named pipes in the file system are Unix's");
        Tools.Run("mkfifo", directory.File("pipe.y4m"));
        return directory.File("pipe.y4m");
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

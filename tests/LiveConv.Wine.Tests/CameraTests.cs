using System.Globalization;
using System.Text.Json;

namespace LiveConv.Wine.Tests;

/// <summary>Cameras of Windows through FFmpeg's dshow, as an FFmpeg that repeats other machines' listings shows them.</summary>
[Collection(WindowsBuild.Cameras)]
public sealed class CameraTests : IDisposable
{
    private const string Softcam = @"@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}";
    private const string Infrared = "集成红外 IR Camera";
    private static readonly string[] Watched = ["--view", "none", "--stats", "json"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
    private readonly WindowsBuild build;
    private readonly FakeFFmpeg ffmpeg;

    public CameraTests(WindowsBuild build)
    {
        this.build = build;
        ffmpeg = new FakeFFmpeg(folder.FullName);
        ffmpeg.List(
            FakeFFmpeg.Camera("OBS Virtual Camera", Softcam, "none"),
            FakeFFmpeg.Camera(Infrared, FakeFFmpeg.Usb(1)),
            FakeFFmpeg.Camera("集成摄像头", FakeFFmpeg.Usb(2)),
            FakeFFmpeg.Camera("USB \"HD\" Camera", FakeFFmpeg.Usb(3)),
            FakeFFmpeg.Camera("USB \"HD\" Camera", FakeFFmpeg.Usb(4)),
            ["[dshow @ 000001e9d732bf00] \"Microphone (USB)\" (audio)"]);
        ffmpeg.Modes(FakeFFmpeg.Usb(1), FakeFFmpeg.Mode("pixel_format=gray  min s=640x360 fps=30 max s=640x360 fps=30"));
        ffmpeg.Modes(
            FakeFFmpeg.Usb(2),
            FakeFFmpeg.Mode("pixel_format=yuyv422  min s=640x480 fps=5 max s=640x480 fps=30"),
            FakeFFmpeg.Mode("vcodec=h264  min s=1280x720 fps=5 max s=1280x720 fps=30"),
            FakeFFmpeg.Mode("vcodec=mjpeg  min s=1280x720 fps=5 max s=1280x720 fps=30"));
        ffmpeg.Modes(
            FakeFFmpeg.Usb(3),
            FakeFFmpeg.Mode("pixel_format=nv12  min s=320x240 fps=30.0003 max s=320x240 fps=30.0003"),
            FakeFFmpeg.Mode("pixel_format=nv12  min s=640x480 fps=30 max s=640x480 fps=1e+07"),
            FakeFFmpeg.Mode("pixel_format=nv12  min s=640x480 fps=inf max s=640x480 fps=15"));
        ffmpeg.Modes(FakeFFmpeg.Usb(4), FakeFFmpeg.Mode("unknown compression type 0x30385056  min s=640x480 fps=30 max s=640x480 fps=30"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Cameras_AreListedWithTheirNamesModesAndFaults()
    {
        WineProcess.Ended ended = await RunAsync("cameras", "--json");

        Assert.Equal(0, ended.ExitCode);
        using var list = JsonDocument.Parse(ended.Output);
        JsonElement[] cameras = [.. list.RootElement.EnumerateArray()];
        Assert.Equal(
            [(0, "OBS Virtual Camera"), (1, Infrared), (2, "集成摄像头"), (3, "USB \"HD\" Camera"), (4, "USB \"HD\" Camera")],
            cameras.Select(camera => (camera.GetProperty("number").GetInt32(), camera.GetProperty("name").GetString())));
        Assert.Equal(
            [Softcam, .. Enumerable.Range(1, 4).Select(FakeFFmpeg.Usb)],
            cameras.Select(camera => camera.GetProperty("identity").GetString()));
        string?[] problems = [.. cameras.Select(camera => camera.GetProperty("problem").GetString())];
        Assert.StartsWith("offers no format now", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("delivers no colour", problems[1], StringComparison.Ordinal);
        Assert.All(problems[2..4], Assert.Null);
        Assert.StartsWith("offers only ", problems[4], StringComparison.Ordinal);
    }

    // The default is the first that can be read and has colour; a number, a name in other letters and one of two twins mean only that one.
    [SkippableTheory]
    [InlineData("camera", 2, "-video_size 1280x720 -framerate 30 -vcodec mjpeg")]
    [InlineData("auto", 2, "-video_size 1280x720 -framerate 30 -vcodec mjpeg")]
    [InlineData("camera:1", 1, "-video_size 640x360 -pixel_format gray")]
    [InlineData("camera:集成摄", 2, "-video_size 1280x720 -framerate 30 -vcodec mjpeg")]
    [InlineData("camera:3", 3, "-video_size 640x480 -framerate 30 -pixel_format nv12")]
    public async Task Source_IsTheCameraThatWasAskedFor_InItsBestMode(string source, int number, string request)
    {
        await RunAsync(["--source", source, .. Watched, "--frames", "5"]);

        string question = ffmpeg.Questions.First(question => question.Contains(" -f nut ", StringComparison.Ordinal));
        Assert.Contains($"-f dshow {request} ", question, StringComparison.Ordinal);
        Assert.Contains($"-i video={FakeFFmpeg.Usb(number)} ", question, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("camera:0", "OBS Virtual Camera offers no format now")]
    [InlineData("camera:4", "offers only ")]
    [InlineData("camera:9", "no camera is called 9; there are")]
    [InlineData("camera:USB", "3 (USB \"HD\" Camera)")]
    public async Task Source_ThatIsNoCamera_IsRefusedAndNoOtherIsOpened(string source, string reason)
    {
        WineProcess.Ended ended = await RunAsync(["--source", source, .. Watched]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(reason, ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(ffmpeg.Questions, question => question.Contains(" -f nut ", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(
        "[dshow @ 0000] [error] Could not run graph (sometimes caused by a device already in use by other application)",
        "already in use by other application): close other programs that use it, or allow desktop apps in Settings > Privacy & security")]
    [InlineData("[dshow @ 0000] [error] Could not set video options", "Could not set video options")]
    [InlineData("[dshow @ 0000] [error] Could not find video device with name [集成] among source devices of type video.", "among source")]
    public async Task Source_ThatDoesNotOpen_IsReportedWithTheReasonAndNotItsConsequences(string line, string reason)
    {
        ffmpeg.Answer(
            1, $"-i video={FakeFFmpeg.Usb(2)}",
            line,
            "[in#0 @ 000001e9d732bdc0] [error] Error opening input: I/O error",
            $"[fatal] Error opening input file video={FakeFFmpeg.Usb(2)}.",
            "[fatal] Error opening input files: I/O error");

        WineProcess.Ended ended = await RunAsync(["--source", "camera:2", .. Watched]);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("liveconv: cannot read 集成摄像头: ", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains(reason, ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    // A list does not show what another program uses.
    [SkippableTheory]
    [InlineData("auto", 0)]
    [InlineData("camera", 1)]
    public async Task DefaultSource_WhereNoCameraOpens_SaysWhyForEach(string source, int code)
    {
        for (int number = 1; number <= 3; number++)
        {
            ffmpeg.Answer(
                1, $"-f nut -i video={FakeFFmpeg.Usb(number)}",
                "[dshow @ 0000] [error] Could not run graph (sometimes caused by a device already in use by other application)",
                "[fatal] Error opening input files: I/O error");
        }

        WineProcess.Ended ended = await RunAsync(["--source", source, .. Watched, "--frames", "5"]);

        Assert.True(ended.ExitCode == code, string.Join('\n', ended.ErrorLines));
        Assert.Single(ended.ErrorLines, line => line.StartsWith("liveconv: passed over: cannot read 集成摄像头: ", StringComparison.Ordinal));
        Assert.Single(ended.ErrorLines, line => line.StartsWith("liveconv: passed over: OBS Virtual Camera ", StringComparison.Ordinal));
        string reasons = Assert.Single(
            ended.ErrorLines, line => line.StartsWith("liveconv: cannot read 集成摄像头: Could not run", StringComparison.Ordinal));
        Assert.Contains("; cannot read USB \"HD\" Camera: Could not run", reasons, StringComparison.Ordinal);
        Assert.Equal(code == 0, reasons.EndsWith(". Playing the test scene", StringComparison.Ordinal));
        Assert.Contains("OBS Virtual Camera offers no format now", reasons, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task DefaultSource_WhereTheFirstDoesNotOpen_IsTheNext()
    {
        Skip.IfNot(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        ffmpeg.Answer(1, $"-f nut -i video={FakeFFmpeg.Usb(2)}", "[dshow @ 0000] [error] Could not run graph");
        await RunAsync(["--source", "camera:3", .. Watched]);
        await ffmpeg.StreamAsync(FakeFFmpeg.Usb(3), "testsrc2=size=640x480:rate=30:duration=2");

        WineProcess.Ended ended = await RunAsync(["--source", "auto", .. Watched, "--frames", "20"]);

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Assert.Contains(
            "liveconv: passed over: cannot read 集成摄像头: Could not run graph: close other programs that use it, or allow desktop apps in "
            + "Settings > Privacy & security > Camera (ask for it with --source camera:2)",
            ended.ErrorLines);
        Assert.Contains(ended.ErrorLines, line => line.Contains("granted 640x480 ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Source_ThatDelivers_IsFilteredAndRecorded()
    {
        Skip.IfNot(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        string[] arguments = ["--source", "camera:3", .. Watched, "--frames", "20", "--record", "kanten – 輪郭.y4m"];
        await RunAsync(arguments);
        await ffmpeg.StreamAsync(FakeFFmpeg.Usb(3), "testsrc2=size=640x480:rate=30:duration=2");

        WineProcess.Ended ended = await RunAsync(arguments);

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        using var report = JsonDocument.Parse(ended.Output);
        Assert.Equal(20, report.RootElement.GetProperty("frames").GetProperty("out").GetInt64());
        Assert.Contains("granted 640x480 ", ended.ErrorLines[0], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "kanten – 輪郭.y4m")));
    }

    [SkippableFact]
    public async Task DefaultSource_WhereTheOnlyCameraIsGray_SaysSoAndPlaysTheScene()
    {
        DirectoryInfo other = folder.CreateSubdirectory("other");
        var gray = new FakeFFmpeg(other.FullName);
        gray.List(FakeFFmpeg.Camera("Hello", FakeFFmpeg.Usb(5)));
        gray.Modes(FakeFFmpeg.Usb(5), FakeFFmpeg.Mode("pixel_format=gray  min s=640x360 fps=15 max s=640x360 fps=15"));
        using WineProcess run = build.StartWith(other.FullName, gray, ["--view", "none", "--frames", "5"]);
        WineProcess.Ended ended = await run.EndAsync();
        using WineProcess asked = build.StartWith(other.FullName, gray, ["--source", "camera", "--view", "none", "--frames", "5"]);
        await asked.EndAsync();

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Assert.Contains(
            "liveconv: Hello delivers no colour, as infrared cameras do (it offers GREY) (ask for it with --source camera:0). "
            + "Playing the test scene",
            ended.ErrorLines);
        Assert.Contains($"-i video={FakeFFmpeg.Usb(5)} ", gray.Questions[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task DefaultSource_WhereNoCameraCanBeRead_SaysWhyForEachAndPlaysTheScene()
    {
        DirectoryInfo other = folder.CreateSubdirectory("other");
        var none = new FakeFFmpeg(other.FullName);
        none.List(FakeFFmpeg.Camera("Depth", FakeFFmpeg.Usb(5)), FakeFFmpeg.Camera("OBS Virtual Camera", Softcam, "none"));
        none.Modes(FakeFFmpeg.Usb(5), FakeFFmpeg.Mode("unknown compression type 0x2036315A  min s=640x480 fps=30 max s=640x480 fps=30"));
        using WineProcess run = build.StartWith(other.FullName, none, ["--view", "none", "--frames", "5"]);

        WineProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        string reasons = Assert.Single(ended.ErrorLines, line => line.EndsWith(". Playing the test scene", StringComparison.Ordinal));
        Assert.Contains("Depth offers only Z16", reasons, StringComparison.Ordinal);
        Assert.Contains("OBS Virtual Camera offers no format now", reasons, StringComparison.Ordinal);
    }

    // Chocolatey's ffmpeg.exe starts the real one: both end, though only the first is LiveConv's child.
    [SkippableFact]
    public async Task Cameras_AnFFmpegBehindAShimThatHangs_IsEndedToo()
    {
        DirectoryInfo other = folder.CreateSubdirectory("other");
        var hanging = new FakeFFmpeg(other.FullName);
        hanging.Answer(0, "-list_devices", "~ 100");
        using WineProcess run = build.StartWith(other.FullName, hanging, ["cameras"], isShim: true);

        WineProcess.Ended ended = await run.EndAsync();
        long length = new FileInfo(hanging.Alive).Length;
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Contains("ffmpeg.exe does not answer within 10 s", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(length, new FileInfo(hanging.Alive).Length);
    }

    // An access violation, a DLL that is missing, and an exception that nothing catches.
    [SkippableTheory]
    [InlineData("without", "ffmpeg.exe was built without dshow, ")]
    [InlineData("crash -1073741819", "ffmpeg.exe crashes (exit code 0xC0000005)")]
    [InlineData("crash -1073741515", "ffmpeg.exe crashes (exit code 0xC0000135)")]
    [InlineData("crash -532462766", "ffmpeg.exe crashes (exit code 0xE0434352)")]
    [InlineData("hang", "ffmpeg.exe does not answer within 10 s")]
    public async Task Cameras_WithAnFFmpegThatCannotListThem_AreNotCalledNone(string way, string reason)
    {
        DirectoryInfo other = folder.CreateSubdirectory("other");
        string table = Path.Combine(other.FullName, "devices.txt");
        await File.WriteAllTextAsync(
            table, "Devices:\r\n D. = Demuxing supported\r\n .E = Muxing supported\r\n ---\r\n D  gdigrab         GDI grabber\r\n");
        var unable = new FakeFFmpeg(other.FullName);
        switch (way.Split(' '))
        {
            case ["without"]:
                unable.Answer(0, "-devices", "> " + WindowsBuild.WindowsPath(table));
                unable.Answer(1, "-list_devices", "[fatal] Unknown input format: 'dshow'");
                break;
            case ["crash", string code]:
                unable.Answer(int.Parse(code, CultureInfo.InvariantCulture), "-list_devices");
                break;
            default:
                unable.Answer(0, "-list_devices", "~ 100");
                break;
        }

        using WineProcess listing = build.StartWith(other.FullName, unable, ["cameras"]);
        using WineProcess playing = build.StartWith(other.FullName, unable, ["--view", "none", "--frames", "5"]);
        WineProcess.Ended listed = await listing.EndAsync();
        WineProcess.Ended played = await playing.EndAsync();

        Assert.Equal((1, 0), (listed.ExitCode, played.ExitCode));
        Assert.Contains(reason, listed.ErrorLines[^1], StringComparison.Ordinal);
        string warning = Assert.Single(
            played.ErrorLines, line => line.EndsWith(". Playing the test scene", StringComparison.Ordinal));
        Assert.Contains(reason, warning, StringComparison.Ordinal);
    }

    // A camera whose interval is a tenth of a microsecond longer than the rate that is printed for it.
    [SkippableFact]
    public async Task Source_ThatRefusesItsOwnRate_IsReadWithoutARequest()
    {
        Skip.IfNot(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        string[] arguments = ["--source", "camera:2", .. Watched, "--frames", "20"];
        ffmpeg.Answer(
            1, $"-framerate -i video={FakeFFmpeg.Usb(2)}",
            "[dshow @ 0000] [error] Could not set video options",
            "[in#0 @ 000001e9d732bdc0] [error] Error opening input: I/O error",
            "[fatal] Error opening input files: I/O error");
        await RunAsync(arguments);
        await ffmpeg.StreamAsync(FakeFFmpeg.Usb(2), "testsrc2=size=1280x720:rate=30:duration=2");

        WineProcess.Ended ended = await RunAsync(arguments);

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Assert.Contains("-video_size 1280x720 -vcodec mjpeg -rtbufsize 691200 ", ffmpeg.Questions[^1], StringComparison.Ordinal);
    }

    // Where a package manager put it while the terminal was open, beside the program, and in an entry of PATH with quotes.
    [SkippableTheory]
    [InlineData("package")]
    [InlineData("beside")]
    [InlineData("quoted")]
    public async Task Cameras_WithAnFFmpegThatAShellWouldNotFind_AreListed(string place)
    {
        string[] arguments = ["cameras", "--json"];
        using WineProcess run = place switch
        {
            "package" => build.StartWithPackage(folder.FullName, ffmpeg, arguments),
            "beside" => build.StartBeside(folder.FullName, ffmpeg, arguments),
            _ => build.StartWithQuotedPath(folder.FullName, ffmpeg, arguments),
        };

        WineProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        using var list = JsonDocument.Parse(ended.Output);
        Assert.Equal(5, list.RootElement.GetArrayLength());
    }

    private async Task<WineProcess.Ended> RunAsync(params string[] arguments)
    {
        using WineProcess run = build.StartWith(folder.FullName, ffmpeg, arguments);
        return await run.EndAsync();
    }
}

using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class FFmpegToolTests
{
    [Theory]
    [InlineData("ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers", 5, 1)]
    [InlineData("ffmpeg version n7.1 Copyright", 7, 1)]
    [InlineData("ffmpeg version 2024-12-19-git-494c961379-full_build\nlibavutil      59. 49.100 / 59. 49.100", 5, 1)]
    [InlineData("ffmpeg version N-92722-gf22fcd4483 Copyright\nlibavutil      56. 24.101 / 56. 24.101\n", 0, 0)]
    [InlineData("ffmpeg version N-102631-gbaf5cc5b7a Copyright\nlibavutil      57.  0.100 / 57.  0.100\n", 4, 4)]
    [InlineData("ffmpeg version N-113007-g8d24a28d06 Copyright\nlibavutil      58. 36.100 / 58. 36.100\n", 5, 1)]
    [InlineData("ffmpeg version git-2020-01-01-abcdef\nlibavutil      56. 36.101\n", 0, 0)]
    [InlineData("ffmpeg version 20260101123456.1 Copyright", int.MaxValue, 1)]
    public void Version_IsTheReleasesOrThatOfItsLibraries(string report, int major, int minor) =>
        Assert.Equal((major, minor), FFmpegTool.VersionIn(report));

    [Fact]
    public void Version_OfSomethingElse_IsUnknown() => Assert.Null(FFmpegTool.VersionIn("ffmpeg version unknown"));

    // As the versions 4.1, 5.1, 7.1 and 8.0 print them, on Windows with its ends of lines.
    [Theory]
    [InlineData(
        "Devices:\n D. = Demuxing supported\n .E = Muxing supported\n --\n DE alsa            ALSA audio output\n"
        + "  E caca            caca device\n D  video4linux2,v4l2 Video4Linux2 device grab\n",
        "alsa video4linux2 v4l2")]
    [InlineData(
        "Devices:\r\n D. = Demuxing supported\r\n .E = Muxing supported\r\n ---\r\n D  dshow           DirectShow capture\r\n"
        + " D  gdigrab         GDI API Windows frame grabber\r\n  E sdl,sdl2        SDL2 output device\r\n",
        "dshow gdigrab")]
    [InlineData(
        "Formats:\n D.. = Demuxing supported\n .E. = Muxing supported\n ..d = Is a device\n ---\n D   aa              Audible\n"
        + "  E  3g2             3GP2 (3GPP2 file format)\n D d avfoundation    AVFoundation input device\n DE  flv             FLV\n"
        + " D   mov,mp4,m4a,3gp,3g2,mj2 QuickTime / MOV\n  Ed sdl,sdl2        SDL2 output device\n",
        "aa avfoundation flv mov mp4 m4a 3gp 3g2 mj2")]
    [InlineData("Devices:\n D. = Demuxing supported\n .E = Muxing supported\n --\n", "")]
    public void FormatTable_OfAnyVersion_HasWhatCanBeRead(string text, string names)
    {
        Assert.True(FormatTable.IsTable(text));
        Assert.Equal(names, string.Join(' ', FormatTable.Demuxers(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unrecognized option 'devices'.\nError splitting the argument list: Option not found\n")]
    public void FormatTable_OfSomethingElse_IsNone(string text) => Assert.False(FormatTable.IsTable(text));

    [SkippableFact]
    public void FileFormats_OfThisMachinesFFmpeg_AreWhatItReads_WithoutPlaylists()
    {
        Tools.NeedFFmpeg();

        string[] arguments = FFmpegTool.Require("this test").FileFormats("");

        Assert.Equal(["-format_whitelist"], arguments[..1]);
        Assert.Superset(new HashSet<string> { "matroska", "mp4", "avi", "nut" }, arguments[1].Split(',').ToHashSet());
        Assert.DoesNotContain("concat", arguments[1].Split(','));
    }

    [SkippableFact]
    public void CaptureFault_OfThisMachinesFFmpeg_IsItsLackOfOtherSystemsInterfaces()
    {
        Tools.NeedFFmpeg();
        string[] interfaces = ["v4l2", DirectShow.Format, AvFoundation.Format];
        int own = OperatingSystem.IsLinux() ? 0 : OperatingSystem.IsWindows() ? 1 : 2;
        var tool = FFmpegTool.Require("this test");

        string?[] faults = [.. interfaces.Select(tool.CaptureFault)];

        Assert.Equal([own], Enumerable.Range(0, 3).Where(n => faults[n] is null));
        Assert.StartsWith(
            $"{tool.Path} was built without {interfaces[(own + 1) % 3]}, ", faults[(own + 1) % 3], StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("kill -SEGV $$", "crashes (exit code 139): note")]
    [InlineData("echo './ffmpeg: error while loading shared libraries: libx264.so.164: no' >&2; echo more >&2; exit 127",
        "crashes (exit code 127): ./ffmpeg: error while loading shared libraries: libx264.so.164: no")]
    [InlineData("echo 'dyld[7]: Library not loaded: /opt/homebrew/libx265.dylib' >&2; echo '  Reason: tried' >&2; kill -ABRT $$",
        "crashes (exit code 134): dyld[7]: Library not loaded: /opt/homebrew/libx265.dylib")]
    [InlineData("echo '[mov @ 0x1] [error] moov atom not found' >&2; kill -SEGV $$", "crashes (exit code 139)")]
    [InlineData("exec sleep 60", "does not answer within 1 s")]
    [InlineData("sleep 60 & sleep 60", "does not answer within 1 s")]
    [InlineData("exit 1", null)]
    [InlineData("exit 251", null)]
    public void Answer_OfAProgramThatEndsOtherwiseThanFFmpeg_IsAFault(string commands, string? fault)
    {
        Skip.If(OperatingSystem.IsWindows(), "a shell runs the program of this test");

        FFmpegAnswer answer = FFmpegAnswer.Of("/bin/sh", ["-c", "echo table; echo note >&2; " + commands], TimeSpan.FromSeconds(1));

        Assert.Equal(fault, answer.Fault);
    }

    // What it lacks is not known then: the fault is that it does not run.
    [SkippableFact]
    public void Tool_ThatDoesNotRun_IsRefusedWithTheReason()
    {
        Skip.If(OperatingSystem.IsWindows(), "a shell runs the program of this test");
        using var directory = new TempDirectory();
        string program = directory.File("ffmpeg");
        Tools.Run("/bin/sh", "-c", "printf '#!/bin/sh\\nexec /lib/no-such-program\\n' >\"$1\" && chmod +x \"$1\"", "sh", program);
        var tool = new FFmpegTool(program);
        using var source = new FFmpegSource(FFmpegInput.File(program), new SourceMode(), tool, TimeProvider.System);

        string reading = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None)).Message;
        string writing = Assert.Throws<LiveConvException>(() => VideoFormat.Choose("a.mkv", lossless: false, tool)).Message;

        Assert.StartsWith($"{program} crashes (exit code 127): ", reading, StringComparison.Ordinal);
        Assert.Contains("no-such-program", reading, StringComparison.Ordinal);
        Assert.Contains(": check that it runs, or install it anew", reading, StringComparison.Ordinal);
        Assert.Equal(reading, writing);
    }

    // Without a list of its formats a playlist could not be distinguished from a video.
    [SkippableTheory]
    [InlineData("echo licence not accepted >&2; exit 1", "does not answer -demuxers: licence not accepted: check that it runs")]
    [InlineData("echo nothing known", "lists no formats that it reads: check that it runs")]
    public void FileFormats_OfAProgramWithoutAList_AreRefused(string commands, string fault)
    {
        Skip.If(OperatingSystem.IsWindows(), "a shell runs the program of this test");
        using var directory = new TempDirectory();
        string program = directory.File("ffmpeg");
        Tools.Run("/bin/sh", "-c", "printf '#!/bin/sh\\n%s\\n' \"$2\" >\"$1\" && chmod +x \"$1\"", "sh", program, commands);

        string refusal = Assert.Throws<LiveConvException>(() => new FFmpegTool(program).FileFormats("")).Message;

        Assert.StartsWith($"{program} {fault}", refusal, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Answer_IsWhatWasPrinted()
    {
        Skip.If(OperatingSystem.IsWindows(), "a shell runs the program of this test");

        FFmpegAnswer answer = FFmpegAnswer.Of("/bin/sh", ["-c", "echo table; echo note >&2; exit 1"], TimeSpan.FromSeconds(60));

        Assert.Equal(("table\n", null), (answer.Output, answer.Fault));
        Assert.Equal(["note"], answer.Notes);
    }
}

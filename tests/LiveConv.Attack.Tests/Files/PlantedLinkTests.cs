using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>Links, pipes and devices under names that LiveConv opens by itself: nothing is followed, nothing waits.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PlantedLinkTests : IDisposable
{
    private const int Terminate = 15;
    private readonly TemporaryFolder folder = new();

    public PlantedLinkTests() => Skip.IfNot(OperatingSystem.IsLinux(), "named pipes, links and rights of Linux");

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("edges.partial.y4m")]
    [InlineData("edges.partial.y4m.json")]
    public async Task Process_LinkInPlaceOfThePartialFile_IsNeitherFollowedNorReplaced(string name)
    {
        string victim = folder.Write("victim", "precious");
        File.CreateSymbolicLink(At(name), victim);

        LiveConvProcess.Ended refused = await LiveConvProcess.RunAsync("process", Video(), At("edges.y4m"));

        Assert.Equal((1, 1), (refused.ExitCode, refused.ErrorLines.Length));
        Assert.Contains(
            $"{name} is left from an earlier run: rename or remove it, or --overwrite", refused.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(victim));

        LiveConvProcess.Ended replaced = await LiveConvProcess.RunAsync("process", Video(), At("edges.y4m"), "--overwrite");

        Assert.Equal(0, replaced.ExitCode);
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.All(["edges.y4m", "edges.y4m.json"], file => Assert.Null(new FileInfo(At(file)).LinkTarget));
    }

    [SkippableFact]
    public async Task Process_OlderPartialFile_IsKeptUnlessOverwriteIsAsked()
    {
        folder.Write("edges.partial.y4m", "hours of work");

        LiveConvProcess.Ended refused = await LiveConvProcess.RunAsync("process", Video(), At("edges.y4m"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("hours of work", File.ReadAllText(At("edges.partial.y4m")));
        Assert.Equal(0, (await LiveConvProcess.RunAsync("process", Video(), At("edges.y4m"), "--overwrite")).ExitCode);
        Assert.False(File.Exists(At("edges.partial.y4m")));
    }

    [SkippableTheory]
    [InlineData("pipe", "is a named pipe, not a file")]
    [InlineData("/dev/zero", "is a device behind a link, not a file")]
    [InlineData("huge", "which is too large")]
    public async Task Verify_WhatIsNoFileInPlaceOfTheNotes_IsReportedAndTheOthersAreChecked(string kind, string reason)
    {
        Assert.Equal(0, (await LiveConvProcess.RunAsync("process", Video(), At("good.y4m"))).ExitCode);
        folder.Write("bad.y4m", "");
        Plant(kind, At("bad.y4m.json"));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("verify", At("bad.y4m"), At("good.y4m"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(reason, ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.Contains("good.y4m", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in LiveConv", ended.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("pipe", "is a named pipe")]
    [InlineData("/dev/zero", "is a device behind a link")]
    [InlineData("huge", "which is too large")]
    public async Task ConfigurationFile_ThatIsNone_IsRefused(string kind, string reason)
    {
        string settings = Directory.CreateDirectory(At("settings/liveconv")).FullName;
        Plant(kind, Path.Combine(settings, "config"));
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--frames", "1", "--view", "none"], start =>
        {
            start.Environment["XDG_CONFIG_HOME"] = Path.GetDirectoryName(settings);
            start.Environment.Remove("LIVECONV_CONFIG");
        });

        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal((2, 1), (ended.ExitCode, ended.ErrorLines.Length));
        Assert.Contains(reason, ended.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("conv", "--weight", "1 0 -1", "--output", "-", "--input")]
    [InlineData("preset", "import")]
    public async Task Array_FromADeviceWithoutAnEnd_IsRefused(params string[] command)
    {
        Plant("/dev/zero", At("z.npy"));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync([.. command, At("z.npy")]);

        Assert.InRange(ended.ExitCode, 1, 2);
        Assert.Contains("is a device behind a link, not a file", ended.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_LinkInPlaceOfTheNotes_IsNotFollowed(bool overwrite)
    {
        string victim = folder.Write("victim", "precious");
        folder.Write("rec.y4m", "old");
        File.CreateSymbolicLink(At("rec.y4m.json"), victim);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            ["--source", "test", "--size", "64x48", "--view", "none", "--frames", "3", "--record", At("rec.y4m"),
            .. overwrite ? (string[])["--overwrite"] : []]);

        Assert.Equal(overwrite ? 0 : 1, ended.ExitCode);
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [SkippableTheory]
    [InlineData("rec.mkv")]
    [InlineData("rec.y4m")]
    public async Task Record_IntoAFolderOfOthersOverTheirLink_WritesNothingThroughIt(string name)
    {
        string victim = folder.Write("victim", "precious");
        Directory.CreateDirectory(At("shared"));
        File.SetUnixFileMode(At("shared"), (UnixFileMode)0x1FF);
        File.CreateSymbolicLink(At("shared/" + name), victim);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "--source", "test", "--size", "64x48", "--view", "none", "--frames", "3", "--record", At("shared/" + name), "--overwrite");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("is a link that others may have made", ended.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [SkippableTheory]
    [InlineData("rec.mkv")]
    [InlineData("rec.y4m")]
    public async Task Record_ThroughAnOwnLinkToALinkOfOthers_WritesNothingThroughIt(string name)
    {
        string victim = folder.Write("victim", "precious");
        Directory.CreateDirectory(At("shared"));
        File.SetUnixFileMode(At("shared"), (UnixFileMode)0x1FF);
        File.CreateSymbolicLink(At(name), "shared/" + name);
        File.CreateSymbolicLink(At("shared/" + name), victim);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "--source", "test", "--size", "64x48", "--view", "none", "--frames", "3", "--record", At(name), "--overwrite");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("is a link that others may have made", ended.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [SkippableTheory]
    [InlineData("rec.mkv", null, "600")]
    [InlineData("rec.y4m", null, "600")]
    [InlineData("rec.mkv", "644", "644")]
    [InlineData("rec.y4m", "0640", "640")]
    public async Task Record_Files_HaveTheRightsThatWereAskedFor(string name, string? mode, string rights)
    {
        Skip.If(name.EndsWith("mkv", StringComparison.Ordinal) && !File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            ["--source", "test", "--size", "64x48", "--view", "none", "--frames", "3", "--record", At(name),
            .. mode is null ? [] : (string[])["--record-mode", mode]]);

        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("cannot", ended.Error, StringComparison.Ordinal);
        Assert.All([name, name + ".json"], file => Assert.Equal(rights, Convert.ToString((int)File.GetUnixFileMode(At(file)), 8)));
        Assert.Equal(0, (await LiveConvProcess.RunAsync("verify", At(name))).ExitCode);
    }

    [SkippableTheory]
    [InlineData("pipe")]
    [InlineData("link to pipe")]
    [InlineData("/proc/kmsg")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    [InlineData("itself")]
    [InlineData("socket")]
    public async Task Presets_FileThatNeverEnds_IsRefusedAndHoldsUpNothing(string kind)
    {
        Directory.CreateDirectory(At("presets"));
        Plant(kind, At("presets/x.json"));

        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", "test", "--size", "64x48", "--view", "none", "--presets", At("presets")]);
        await run.ErrorLineAsync("preset refused: ");
        Plant(kind, At("presets/y.json"));
        File.WriteAllText(At("presets/later.json"), """{"version":1,"name":"later","vertical":[[1]],"horizontal":[[1]]}""");
        await run.ErrorLineAsync("preset later loaded");

        var watch = Stopwatch.StartNew();
        run.Signal(Terminate);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(143, ended.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [SkippableTheory]
    [InlineData("pipe")]
    [InlineData("link to pipe")]
    [InlineData("/dev/zero")]
    public async Task Verify_NotesThatNeverEnd_AreRefused(string kind)
    {
        string video = Video();
        Plant(kind, video + ".json");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("verify", video);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("not a file", ended.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Import_OutputIsALinkInAFolderOfOthers_IsNotWrittenThrough()
    {
        string victim = folder.Write("victim", "precious");
        Directory.CreateDirectory(At("shared"));
        File.SetUnixFileMode(At("shared"), (UnixFileMode)0x1FF);
        File.CreateSymbolicLink(At("shared/out.npy"), victim);

        string[] import = ["preset", "import", "1 0 -1 1 0 -1 1 0 -1", "--output", At("shared/out.json")];
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(import);
        Assert.Equal(0, ended.ExitCode);

        File.Delete(At("shared/out.json"));
        File.CreateSymbolicLink(At("shared/out.json"), victim);
        ended = await LiveConvProcess.RunAsync(import);

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    private static void Plant(string kind, string path)
    {
        switch (kind)
        {
            case "pipe":
                Run("mkfifo", path);
                break;
            case "link to pipe":
                Run("mkfifo", path + ".pipe");
                File.CreateSymbolicLink(path, path + ".pipe");
                break;
            case "itself":
                File.CreateSymbolicLink(path, path);
                break;
            case "huge":
                using (FileStream file = File.Create(path))
                {
                    file.SetLength(3L << 30);
                }

                break;
            case "socket":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(path + ".s"));
                    File.CreateSymbolicLink(path, path + ".s");
                }

                break;
            default:
                File.CreateSymbolicLink(path, kind);
                break;
        }
    }

    private static void Run(string program, string argument)
    {
        using Process process = Process.Start(program, argument);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private string Video()
    {
        string path = At("in.y4m");
        byte[] frame = [.. "FRAME\n"u8, .. new byte[64 * 48]];
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. frame, .. frame, .. frame]);
        return path;
    }
}

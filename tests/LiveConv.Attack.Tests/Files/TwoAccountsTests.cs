using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>Another account of the machine, in folders that both may write to: it reads no recording, and leads nothing astray.</summary>
[SupportedOSPlatform("linux")]
public sealed class TwoAccountsTests : IDisposable
{
    private const int Terminate = 15;
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;
    private readonly TemporaryFolder folder = new();

    public TwoAccountsTests()
    {
        OtherAccount.Need();
        File.SetUnixFileMode(folder.Path, Everybody);
    }

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(null, false)]
    [InlineData("644", true)]
    public async Task Recording_OfThisAccount_IsReadByTheOtherOnlyIfThatWasChosen(string? mode, bool isReadable)
    {
        string recording = At("rec.y4m");
        using LiveConvProcess run = LiveConvProcess.Start([
            "--source", "test", "--size", "64x48", "--view", "none", "--record", recording,
            .. mode is null ? [] : (string[])["--record-mode", mode]]);
        await WaitForAsync(() => File.Exists(recording) && new FileInfo(recording).Length > 10_000);

        Assert.Equal(isReadable, OtherAccount.Run("head", "-c1", recording).IsDone);
        run.Signal(Terminate);
        await run.EndAsync();

        Assert.All([recording, recording + ".json"], file => Assert.Equal(isReadable, OtherAccount.Run("head", "-c1", file).IsDone));
        Assert.All([recording, recording + ".json"], file => Assert.False(OtherAccount.Run("sh", "-c", $"echo x >> {file}").IsDone));
    }

    [SkippableTheory]
    [InlineData("link", false)]
    [InlineData("link", true)]
    [InlineData("pipe", false)]
    [InlineData("pipe", true)]
    public async Task Process_WhatTheOtherAccountPlanted_IsNeitherWrittenThroughNorWaitedFor(string kind, bool isSticky)
    {
        string victim = folder.Write("victim", "precious");
        string shared = Shared("shared", isSticky);
        foreach (string name in (string[])["edges.partial.y4m", "edges.partial.y4m.json", "edges.y4m.json"])
        {
            Plant(kind, victim, $"{shared}/{name}");
        }

        LiveConvProcess.Ended refused = await LiveConvProcess.RunAsync("process", Video(), $"{shared}/edges.y4m");
        LiveConvProcess.Ended replaced = await LiveConvProcess.RunAsync("process", Video(), $"{shared}/edges.y4m", "--overwrite");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.InRange(replaced.ExitCode, 0, 1);
        if (replaced.ExitCode == 0)
        {
            Assert.Null(new FileInfo($"{shared}/edges.y4m").LinkTarget);
            Assert.False(OtherAccount.Run("head", "-c1", $"{shared}/edges.y4m").IsDone);
        }
    }

    [SkippableTheory]
    [InlineData("out/edges.y4m", false)]
    [InlineData("out/edges.y4m", true)]
    [InlineData("out/below/edges.y4m", false)]
    public async Task Process_IntoAFolderThatTheOtherAccountsLinkLeadsTo_IsRefused(string name, bool isSticky)
    {
        string below = Path.Combine(folder.Path, "private", "below");
        Directory.CreateDirectory(below);
        File.SetUnixFileMode(Path.Combine(folder.Path, "private"), (UnixFileMode)0x1ED);
        string victim = Path.Combine(below, "edges.y4m");
        string shared = Shared("shared", isSticky);
        Plant("link", name.Contains("below", StringComparison.Ordinal) ? Path.GetDirectoryName(below)! : below, $"{shared}/out");

        LiveConvProcess.Ended refused = await LiveConvProcess.RunAsync("process", Video(), $"{shared}/{name}");
        string[] made = Directory.GetFiles(below);
        File.WriteAllText(victim, "precious");
        LiveConvProcess.Ended refusedToo = await LiveConvProcess.RunAsync("process", Video(), $"{shared}/{name}", "--overwrite");

        Assert.Empty(made);
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.All([refused, refusedToo], ended => Assert.Equal(1, ended.ExitCode));
        Assert.All(
            [refused, refusedToo],
            ended => Assert.Contains("behind a link that others may have made", ended.Error, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Folder_BehindThisAccountsOwnLink_IsWrittenTo()
    {
        string own = Directory.CreateDirectory(Path.Combine(folder.Path, "own")).FullName;
        string shared = Shared("shared", isSticky: true);
        File.CreateSymbolicLink($"{shared}/out", own);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("process", Video(), $"{shared}/out/edges.y4m");

        Assert.Equal((0, true), (ended.ExitCode, File.Exists(Path.Combine(own, "edges.y4m"))));
    }

    [SkippableTheory]
    [InlineData("link")]
    [InlineData("pipe")]
    public async Task Presets_WhatTheOtherAccountPlanted_ShowsNothingAndHoldsUpNothing(string kind)
    {
        string secret = folder.Write("secret", "S3CRET of this account");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string shared = Shared("presets", isSticky: true);
        Plant(kind, secret, $"{shared}/x.json");

        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", "test", "--size", "64x48", "--view", "none", "--presets", shared]);
        string line = await run.ErrorLineAsync("preset refused: ");
        run.Signal(Terminate);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Contains(kind == "link" ? "is a link that others may have made" : "a named pipe", line, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", ended.Error, StringComparison.Ordinal);
        Assert.Equal(143, ended.ExitCode);
    }

    [SkippableTheory]
    [InlineData("link")]
    [InlineData("pipe")]
    public async Task Import_OutputThatTheOtherAccountPlanted_IsNeitherWrittenToNorWaitedFor(string kind)
    {
        string victim = folder.Write("victim", "precious");
        string shared = Shared("shared", isSticky: true);
        Plant(kind, victim, $"{shared}/out.json");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "preset", "import", "1 0 -1 1 0 -1 1 0 -1", "--output", $"{shared}/out.json");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(
            kind == "link" ? "is a link that others may have made" : "is a named pipe of another account's", ended.Error,
            StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    // The relay's password stands in FFmpeg's environment.
    [SkippableFact]
    public async Task Relay_PasswordOfIt_IsNotSeenByTheOtherAccount()
    {
        Skip.IfNot(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        using var server = new HostileServer("127.0.0.1", (_, _) => Task.Delay(Timeout.Infinite));
        using LiveConvProcess run = LiveConvProcess.Start(["--source", $"http://{server.At}/x", "--view", "none"]);
        await WaitForAsync(() => server.Connections > 0);
        string ffmpeg = Assert.Single(
            Directory.GetDirectories("/proc"), process => char.IsAsciiDigit(process[^1]) && IsChild(process, run.Id));

        Assert.True(OtherAccount.Run("cat", $"{ffmpeg}/cmdline").IsDone);
        Assert.DoesNotContain("liveconv:", OtherAccount.Run("cat", $"{ffmpeg}/cmdline").Output, StringComparison.Ordinal);
        Assert.Contains("http_proxy=http://liveconv:", File.ReadAllText($"{ffmpeg}/environ"), StringComparison.Ordinal);
        Assert.False(OtherAccount.Run("cat", $"{ffmpeg}/environ").IsDone);
    }

    private static bool IsChild(string process, int parent)
    {
        try
        {
            return File.ReadAllText($"{process}/stat").Split(')') is [.., var rest]
                && rest.Split(' ') is [_, _, var id, ..] && id == parent.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText($"{process}/comm").StartsWith("ffmpeg", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private static void Plant(string kind, string target, string path) =>
        Assert.True((kind == "link" ? OtherAccount.Run("ln", "-s", target, path) : OtherAccount.Run("mkfifo", path)).IsDone);

    private string At(string name) => Path.Combine(folder.Path, name);

    private string Shared(string name, bool isSticky)
    {
        string path = Directory.CreateDirectory(At(name)).FullName;
        File.SetUnixFileMode(path, Everybody | (isSticky ? UnixFileMode.StickyBit : 0));
        return path;
    }

    private string Video()
    {
        string path = At("in.y4m");
        byte[] frame = [.. "FRAME\n"u8, .. new byte[64 * 48]];
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("YUV4MPEG2 W64 H48 F25:1 Cmono\n"), .. frame, .. frame]);
        return path;
    }
}

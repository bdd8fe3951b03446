using System.Net;
using System.Runtime.Versioning;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>The tokens are in the printed addresses and in cookies, and nowhere else.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretTests
{
    private const int Terminate = 15;

    // A browser's opener that lives as long as the browser does, and its command line with it.
    private const string Opener = """
        #!/bin/sh
        echo "$1" > "$OPENED.part"
        mv "$OPENED.part" "$OPENED"
        sleep 20 & wait
        """;

    public SecretTests() => Skip.IfNot(OperatingSystem.IsLinux(), "/proc");

    [SkippableFact]
    public async Task Tokens_OfARun_AreInNoCommandLineLogPageOrNotice()
    {
        using var folder = new TemporaryFolder();
        string opened = Path.Combine(folder.Path, "opened");
        using LiveConvProcess run = Start(folder, opened);
        RunAddresses addresses = await RunAddresses.OfAsync(run);
        string[] tokens = [RunAddresses.TokenOf(addresses.Presenter), RunAddresses.TokenOf(addresses.Guest)];
        string given = await ReadAsync(opened);
        Assert.Contains(given.Trim(), CommandLines(), StringComparison.Ordinal);
        Assert.All(tokens, token => Assert.DoesNotContain(token, CommandLines(), StringComparison.Ordinal));

        string shown = await ShownByPagesAsync(addresses);
        Assert.Contains("recording", shown, StringComparison.OrdinalIgnoreCase);
        Assert.All(tokens, token => Assert.DoesNotContain(token, shown, StringComparison.Ordinal));
        Assert.All(tokens, token => Assert.DoesNotContain(token, CommandLines(), StringComparison.Ordinal));

        run.Signal(Terminate);
        LiveConvProcess.Ended ended = await run.EndAsync();
        string log = ended.Output + string.Join('\n', ended.ErrorLines.Where(line => !IsAddress(line)));
        Assert.All(tokens, token => Assert.DoesNotContain(token, log, StringComparison.Ordinal));
        foreach (string file in Directory.GetFiles(folder.Path).Where(file => file != opened))
        {
            string content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.All(tokens, token => Assert.False(content.Contains(token, StringComparison.Ordinal), file));
        }
    }

    [SkippableFact]
    public async Task Address_OfTheOpenedBrowser_WorksOnceAndIsOfNoUseAfterwards()
    {
        using var folder = new TemporaryFolder();
        string opened = Path.Combine(folder.Path, "opened");
        using LiveConvProcess run = Start(folder, opened);
        await RunAddresses.OfAsync(run);
        var address = new Uri((await ReadAsync(opened)).Trim());

        string cookie = RawPage.CookieOf(address);
        using RawPage page = RawPage.Connect(address, cookie);
        var again = Assert.Throws<HttpRequestException>(() => RawPage.CookieOf(address));

        Assert.Equal(1, page.Read());
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
    }

    // It reads the browser's command line, and may be quicker than the browser.
    [SkippableFact]
    public async Task Address_OfTheOpenedBrowser_IsOfNoUseToAnotherAccount()
    {
        OtherAccount.Need();
        using var folder = new TemporaryFolder();
        string opened = Path.Combine(folder.Path, "opened");
        using LiveConvProcess run = Start(folder, opened);
        await RunAddresses.OfAsync(run);
        var address = new Uri((await ReadAsync(opened)).Trim());

        (_, string answer) = OtherAccount.Run(
            "timeout", "60", "bash", "-c",
            $"exec 3<>/dev/tcp/127.0.0.1/{address.Port}; printf 'GET {address.PathAndQuery} HTTP/1.1\\r\\n"
            + $"Host: {address.Authority}\\r\\nConnection: close\\r\\n\\r\\n' >&3; cat <&3");
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);

        using RawPage page = RawPage.Connect(address, RawPage.CookieOf(address));
        Assert.Equal(1, page.Read());
    }

    private static LiveConvProcess Start(TemporaryFolder folder, string opened)
    {
        string opener = folder.Write("xdg-open", Opener);
        File.SetUnixFileMode(opener, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return LiveConvProcess.Start(
            ["--source", "test", "--size", "160x120", "--listen", "127.0.0.1", "--stats", "json", "--addresses",
                "--record", Path.Combine(folder.Path, "r.mkv")],
            start =>
            {
                start.WorkingDirectory = folder.Path;
                start.Environment["DISPLAY"] = ":99";
                start.Environment["OPENED"] = opened;
                start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
                start.Environment.Remove("SSH_CONNECTION");
            });
    }

    // Everything that a presenter's and a guest's page are sent while presets change, a recording ends and images are saved.
    private static async Task<string> ShownByPagesAsync(RunAddresses addresses)
    {
        var shown = new StringBuilder();
        using HostilePage presenter = await HostilePage.ConnectAsync(addresses.Presenter);
        using HostilePage guest = await HostilePage.ConnectAsync(addresses.Guest);
        foreach (string message in (string[])["""{"key":"2"}""", """{"key":"r"}""", """{"key":"s"}""", """{"preset":"nonsense"}"""])
        {
            await presenter.SendAsync(message);
            await guest.SendAsync(message);
        }

        foreach (HostilePage page in (HostilePage[])[presenter, guest])
        {
            shown.Append(await page.TextsAsync(TimeSpan.FromSeconds(3)));
        }

        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler);
        foreach (string path in (string[])["/", "/index.html", "/app.js", "/session/connection.js", "/recordings/0", "/live", "/nothing"])
        {
            HttpResponseMessage answer = await http.GetAsync(new Uri(addresses.Guest, path + (path == "/" ? addresses.Guest.Query : "")));
            shown.Append(await answer.Content.ReadAsStringAsync());
            shown.AppendJoin('\n', answer.Headers.Where(header => header.Key != "Set-Cookie").SelectMany(header => header.Value));
        }

        return shown.ToString();
    }

    private static bool IsAddress(string line) => line.Contains("http://", StringComparison.Ordinal);

    private static string CommandLines()
    {
        var all = new StringBuilder();
        foreach (string process in Directory.GetDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                all.AppendLine(File.ReadAllText(Path.Combine(process, "cmdline")));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return all.ToString();
    }

    private static async Task<string> ReadAsync(string file)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(file))
        {
            await Task.Delay(20, timeout.Token);
        }

        return await File.ReadAllTextAsync(file);
    }
}

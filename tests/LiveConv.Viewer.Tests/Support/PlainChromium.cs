using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveConv.Viewer.Tests;

/// <summary>
/// A headless Chromium that is asked little: only to open pages and to evaluate. Playwright has every frame of every WebSocket sent to it,
/// as text: with images of a megabyte that costs more than to draw them. Not thread-safe.
/// </summary>
internal sealed class PlainChromium : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";
    private const string Listening = "DevTools listening on ";
    private readonly Process process;
    private readonly DirectoryInfo profile;
    private readonly ClientWebSocket socket = new();
    private int last;

    private PlainChromium(Process process, DirectoryInfo profile)
    {
        this.process = process;
        this.profile = profile;
    }

    /// <summary>Starts it. Skips the test where it is not installed.</summary>
    public static async Task<PlainChromium> StartAsync(CancellationToken timeout)
    {
        Skip.IfNot(File.Exists(Path), "chromium is not installed");
        DirectoryInfo profile = Directory.CreateTempSubdirectory("liveconv-chromium-");
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
        ];
        var process = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardError = true })!;
        var chromium = new PlainChromium(process, profile);
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync(timeout);
        }
        while (line is not null && !line.StartsWith(Listening, StringComparison.Ordinal));
        Assert.NotNull(line);
        // What it says later is read and dropped: a full pipe would stop it.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        await chromium.socket.ConnectAsync(new Uri(line[Listening.Length..]), timeout);
        return chromium;
    }

    /// <summary>Opens a page in a window and a profile of its own.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="width">The window's width.</param>
    /// <param name="height">The window's height.</param>
    /// <param name="script">What is run before the page's own scripts.</param>
    /// <param name="timeout">Ends the wait.</param>
    /// <returns>What the page is called here.</returns>
    public async Task<string> OpenAsync(Uri address, int width, int height, string script, CancellationToken timeout)
    {
        string context = (await SendAsync("Target.createBrowserContext", [], null, timeout))["browserContextId"]!.GetValue<string>();
        string target = (await SendAsync(
            "Target.createTarget",
            new() { ["url"] = "about:blank", ["browserContextId"] = context, ["newWindow"] = true, ["width"] = width, ["height"] = height },
            null,
            timeout))["targetId"]!.GetValue<string>();
        string page = (await SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }, null, timeout))[
            "sessionId"]!.GetValue<string>();
        await SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false },
            page,
            timeout);
        await SendAsync("Emulation.setFocusEmulationEnabled", new() { ["enabled"] = true }, page, timeout);
        await SendAsync("Page.enable", [], page, timeout);
        await SendAsync("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = script }, page, timeout);
        await SendAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri }, page, timeout);
        return page;
    }

    /// <summary>Evaluates an expression on a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="expression">The expression; a promise is awaited.</param>
    /// <param name="timeout">Ends the wait.</param>
    /// <returns>Its value, or null.</returns>
    public async Task<JsonNode?> EvaluateAsync(string page, string expression, CancellationToken timeout)
    {
        JsonObject parameters = new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true };
        JsonNode answer = await SendAsync("Runtime.evaluate", parameters, page, timeout);
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Its children may still be writing as they end; the system clears its folder of temporary files.
        }
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters, string? page, CancellationToken timeout)
    {
        int id = ++last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (page is not null)
        {
            message["sessionId"] = page;
        }

        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, timeout);
        while (true)
        {
            JsonNode answer = await ReceiveAsync(timeout);
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]}");
            }
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken timeout)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), timeout);
            bytes.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(bytes.ToArray())!;
    }
}

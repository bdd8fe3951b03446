using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Web.Tests;

/// <summary>The maps of a tab are those of the program on this machine.</summary>
[Collection(PublishedTabTestGroup.Name)]
public sealed class SameBytesTests(PublishedTab published)
{
    // Sides that no vector divides, and more frames than any kernel over time reads.
    private const int Width = 173;
    private const int Height = 97;
    private const int Frames = 18;
    private const string SiteOf = "/";

    private static readonly Lazy<byte[][]> Images = new(() => [.. Scene()]);

    private static readonly string[] Presets =
    [
        .. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith(".schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    // A worker that does what the script says with filter.js, without the page.
    private const string WithWorker = """
        async (all) => {
          DRIVER
          const worker = new Worker("/engine/worker.js", { type: "module" });
          await new Promise((opened) => (worker.onmessage = ({ data }) => data.opened && opened()));
          const send = (data) => worker.postMessage(typeof data === "string" ? data : { image: data.buffer, at: performance.timeOrigin + performance.now() });
          const port = { onmessage: () => {}, send };
          worker.onmessage = ({ data }) => (typeof data === "string" || data instanceof ArrayBuffer) && port.onmessage(data);
          port.send('{"show":["vertical","horizontal"]}');
          const { presets, width, height } = all;
          const images = all.frames.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
          try {
            SCRIPT
          } finally {
            worker.terminate();
          }
        }
        """;

    private const string Filter = """
        const made = Object.fromEntries(presets.map((preset) => [preset, []]));
        await filterAll(port, presets, images, width, height, async (preset, maps) => {
          for (const map of maps) {
            const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", map.pixels));
            const text = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
            made[preset].push(`${map.width}x${map.height} ${text}`);
          }
        });
        return made;
        """;

    [SkippableTheory]
    [InlineData(TabBrowser.Chromium)]
    [InlineData(TabBrowser.Firefox)]
    public async Task Maps_OfEveryPreset_InABrowser_AreThoseOfTheDesktop(TabBrowser browser)
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, SiteOf);
        await using TabPage tab = await published.OpenAsync(new Uri(site.Address, "icon.svg"), browser);

        Dictionary<string, string[]> made = await tab.Page.EvaluateAsync<Dictionary<string, string[]>>(
            Script(Filter),
            new { presets = Presets, frames = Images.Value.Select(Convert.ToBase64String).ToArray(), width = Width, height = Height });

        Assert.True(Presets.Length > 25);
        Assert.All(Presets, preset => Assert.Equal(Desktop(preset), made[preset]));
    }

    [SkippableFact]
    public async Task Xray_OfEveryPreset_SaysWhatTheDesktopSays()
    {
        string[] answers = await AssertAnswersAsync(
            Presets,
            [
                new("""{"xray":{"map":0,"x":12,"y":9}}""", "\"type\":\"xray\""),
                new("""{"xray":{"map":1,"x":0,"y":20}}""", "\"type\":\"xray\""),
            ]);

        Assert.True(answers.Count(answer => answer.Contains("\"terms\":[{", StringComparison.Ordinal)) > Presets.Length, answers[0]);
    }

    [SkippableFact]
    public async Task LearningMicroscopeAndLayers_SayWhatTheDesktopSays()
    {
        string[] answers = await AssertAnswersAsync(
            ["canny", "sobel"],
            [
                new("""{"layers":{"width":64}}""", "\"type\":\"layers\""),
                new(
                    """
                    {"microscope":{"width":16,"height":12,"image":null,"kernel":[[1,0,-1]],"kind":"convolution","operation":"correlation",
                    "border":"zero","stride":1,"padding":1,"dilation":1,"x":2,"y":3}}
                    """,
                    "\"type\":\"microscope\""),
                new("""{"learn":{"map":0,"width":3,"height":3}}""", "\"done\":true"),
            ]);

        Assert.Contains("\"right\":true", answers[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Maps_OfEveryPreset_InNode_AreThoseOfTheDesktop()
    {
        Skip.IfNot(File.Exists("/usr/bin/node"), "node is not installed");
        using var folder = new TemporaryFolder();
        string video = Path.Combine(folder.Path, "video.y4m");
        await using (FileStream file = File.Create(video))
        {
            await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F25:1 Ip A1:1 Cmono\n"));
            foreach (byte[] image in Images.Value)
            {
                await file.WriteAsync("FRAME\n"u8.ToArray());
                await file.WriteAsync(image);
            }
        }

        string script = RepositoryFiles.PathOf("tests", "LiveConv.Web.Tests", "filter-in-node.mjs");
        await CommandRun.DoneAsync("node", [script, published.Folder, video, folder.Path, .. Presets]);

        Assert.All(Presets, preset =>
        {
            byte[] made = File.ReadAllBytes(Path.Combine(folder.Path, preset + ".y4m"));
            byte[] expected = [.. DesktopImages(preset).SelectMany(image => (byte[])[.. "FRAME\n"u8, .. image])];
            Assert.Equal(expected, made[(Array.IndexOf(made, (byte)'\n') + 1)..]);
        });
    }

    // The first image, by each of the presets.
    private async Task<string[]> AssertAnswersAsync(string[] presets, Question[] questions)
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, SiteOf);
        await using TabPage tab = await published.OpenAsync(new Uri(site.Address, "icon.svg"));
        Task<string[]> desktop = Task.Run(() =>
        {
            var run = new DesktopRun(Width, Height);
            return presets.SelectMany(preset => run.Ask(preset, Images.Value[0], questions)).ToArray();
        });

        string[] answers = await tab.Page.EvaluateAsync<string[]>(
            Script("return await askAll(port, presets, images[0], width, height, all.questions);"),
            new
            {
                presets,
                frames = new[] { Convert.ToBase64String(Images.Value[0]) },
                width = Width,
                height = Height,
                questions = questions.Select(question => new { message = question.Message, until = question.Until }).ToArray(),
            });

        Assert.Equal((await desktop).Select(WithoutNumber), answers.Select(WithoutNumber));
        return answers;
    }

    private static string Script(string what) => WithWorker.Replace("SCRIPT", what, StringComparison.Ordinal).Replace(
        "DRIVER",
        File.ReadAllText(RepositoryFiles.PathOf("tests", "LiveConv.Web.Tests", "filter.js"))
            .Replace("export async function", "async function", StringComparison.Ordinal),
        StringComparison.Ordinal);

    // How many images came before differs.
    private static string WithoutNumber(string answer) => Regex.Replace(answer, "\"image\":[0-9]+", "\"image\":0");

    private static IEnumerable<byte[]> Scene()
    {
        using var scene = new TestScene(Width, Height, 25, TimeProvider.System);
        using var pool = new FramePool<Frame>(1);
        scene.Open(CancellationToken.None);
        for (int i = 0; i < Frames; i++)
        {
            using Frame frame = pool.TryRent()!;
            Assert.True(scene.Read(frame));
            yield return Pixels(frame.Luma);
        }
    }

    private static IEnumerable<string> Desktop(string preset) => Filtered(preset, maps => ((string[])
    [
        TextOf(maps.Vertical), TextOf(maps.Horizontal),
    ])).SelectMany(texts => texts);

    private static IEnumerable<byte[]> DesktopImages(string preset) => Filtered(preset, maps => Pixels(maps.SideBySide));

    private static IEnumerable<T> Filtered<T>(string id, Func<EdgeMaps, T> read)
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", id + ".json"));
        using var frames = new FramePool<Frame>(Frames + 1);
        using var pool = new FramePool<EdgeMaps>(1);
        using var workers = new WorkerPool(1);
        using var filter = new PresetFilter(workers, isStrict: true);
        foreach (byte[] image in Images.Value)
        {
            Frame frame = frames.TryRent()!;
            frame.Resize(Width, Height);
            frame.Luma.CopyFrom(image);
            using EdgeMaps maps = pool.TryRent()!;
            filter.Apply(frame, preset, maps);
            yield return read(maps);
        }
    }

    private static string TextOf(Plane<byte> map) => $"{map.Width}x{map.Height} {Convert.ToHexString(SHA256.HashData(Pixels(map)))}";

    private static byte[] Pixels(Plane<byte> plane)
    {
        var pixels = new byte[plane.Width * plane.Height];
        plane.CopyTo(pixels);
        return pixels;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

/// <summary>The editor's own script changes documents, a session carries them, and what the editor does not show is kept.</summary>
public sealed class PresetEditTests : IDisposable
{
    private static readonly string Script = RepositoryFiles.PathOf("src", "LiveConv.Page", "wwwroot", "tools", "document.js");

    // The script that a browser loads, run by node: every draft's first weight for vertical edges becomes one more.
    private const string EditFirstWeight = """
        import { readFileSync } from "node:fs";
        const script = readFileSync(process.argv[1], "utf8");
        const { documentOf } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
        const edited = JSON.parse(readFileSync(0, "utf8")).map((draft) => {
          draft.vertical[0][0] += 1;
          return documentOf(draft, "Edited", ["Vertical edges", "Horizontal edges"].map(title => ({ title, text: "" })));
        });
        console.log(JSON.stringify(edited));
        """;

    private readonly FakeTimeProvider time = new();
    private readonly LiveControls controls = new([Preset.Seed], Preset.Seed);
    private readonly PageSessions sessions;
    private readonly PageSession session;
    private JsonElement draft;

    public PresetEditTests()
    {
        var source = new SourceInfo("test", new SourceMode(), new SourceMode());
        sessions = new PageSessions(new PageContext(controls, new FrameStats(time), new Notices(), () => source, time));
        session = sessions.Open(PageRole.Presenter, new PageRates(time), static () => { });
    }

    public static TheoryData<string> Unusual =>
    [
        """
        {"version":1,"key":4,"name":"Pair","description":"d","citation":"c","operation":"convolution","border":"wrap",
        "response":"negative","gain":0.1,"anchor":{"x":0,"y":0},"vertical":[[1,2],[3,4]],"horizontal":[[1,0,2]]}
        """,
        """
        {"version":1,"name":"Centre of one alone","anchor":{"x":1,"y":1},
        "vertical":[[1,2],[3,4]],"horizontal":[[1,2],[3,4],[5,6],[7,8]]}
        """,
        """
        {"version":1,"name":"Layer","before":"zero","border":"zero","response":"positive","gain":2,
        "layers":[{"name":"one","stride":2,"padding":3,"dilation":4,"activation":"threshold","threshold":7,
        "pool":{"kind":"max","size":3,"stride":2},"upsample":{"kind":"nearest","factor":2},
        "kernels":[{"weights":[[9,8]]},{"weights":[[1,2]],"anchor":{"x":0,"y":0},"bias":5},{"weights":[[3,4]],"bias":6}]}],
        "outputs":{"vertical":{"layer":0,"map":2},"horizontal":{"layer":0,"map":1,"gain":0.25}}}
        """,
    ];

    [SkippableFact]
    public async Task ShippedPresets_EditedByOneWeight_KeepEverythingElse()
    {
        string[] files = [.. Directory.EnumerateFiles(RepositoryFiles.PathOf("presets"), "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))];
        List<JsonElement> drafts = [];
        foreach (string file in files)
        {
            if (DraftOf(PresetFile.Read(file)) is { ValueKind: JsonValueKind.Object } draft)
            {
                drafts.Add(draft);
            }
        }

        Assert.InRange(drafts.Count, 18, files.Length - 5);
        await AssertKeptAsync(drafts);
    }

    [SkippableTheory]
    [MemberData(nameof(Unusual))]
    public async Task UnusualPreset_EditedByOneWeight_KeepsEverythingElse(string document) =>
        await AssertKeptAsync([DraftOf(PresetFile.Parse(System.Text.Encoding.UTF8.GetBytes(document), "unusual.json"))]);

    [SkippableFact]
    public async Task KernelShownTwice_EditedInOnePane_ChangesThatPaneAlone()
    {
        byte[] once = """{"version":1,"name":"Once","layers":[{"kernels":[{"weights":[[1,2]],"bias":3}],"stride":2}]}"""u8.ToArray();
        JsonElement[] edited = await EditAsync([DraftOf(PresetFile.Parse(once, "once.json"))]);

        Convolution.Stacks.LayerStack stack = Send(edited[0]).Stack!;

        Assert.Equal(2, stack.Layers[0].Filters[stack.Vertical.Map].Terms[0].Kernel[0, 0]);
        Assert.Equal(1, stack.Layers[0].Filters[stack.Horizontal.Map].Terms[0].Kernel[0, 0]);
        Assert.All(stack.Layers[0].Filters, filter => Assert.Equal(3, filter.Bias));
    }

    [Fact]
    public void PresetFile_AskedFor_IsTheWritersText()
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", "stride-2.json"));
        string document = DraftOf(preset).GetProperty("document").GetRawText();

        JsonElement answer = Ask($$"""{"presetFile":{{document}}}""", "presetFile");

        Assert.Equal(PresetJson.Write(preset), answer.GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("refused").ValueKind);
    }

    [Fact]
    public void PresetFile_OfARefusedPreset_NamesTheMember()
    {
        JsonElement answer = Ask(
            """{"presetFile":{"version":1,"name":"a","gain":1e99,"vertical":[[1]],"horizontal":[[1]]}}""", "presetFile");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("text").ValueKind);
        Assert.Equal("$.gain", answer.GetProperty("member").GetString());
    }

    public void Dispose()
    {
        session.Dispose();
        sessions.Dispose();
    }

    private async Task AssertKeptAsync(IReadOnlyList<JsonElement> drafts)
    {
        JsonElement[] edited = await EditAsync(drafts);
        Assert.Equal(drafts.Count, edited.Length);
        foreach ((JsonElement draft, JsonElement document) in drafts.Zip(edited))
        {
            JsonNode expected = JsonNode.Parse(draft.GetProperty("document").GetRawText())!;
            JsonArray row = FirstRow(expected);
            row[0] = (float)row[0]! + 1;
            expected["name"] = "Edited";

            Preset kept = Send(document);

            JsonNode actual = JsonNode.Parse(DraftOf(kept).GetProperty("document").GetRawText())!;
            Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected}, not {actual}");
        }
    }

    private static JsonArray FirstRow(JsonNode document) => (JsonArray)(document["vertical"]
        ?? document["layers"]![0]!["kernels"]![(int?)document["outputs"]?["vertical"]!["map"] ?? 0]!["weights"])![0]!;

    private Preset Send(JsonElement document)
    {
        JsonElement answer = Ask($$"""{"edit":{{document.GetRawText()}}}""", "edited");
        Assert.Null(answer.GetProperty("refused").GetString());
        return controls.Preset;
    }

    // What the page is sent to edit; null for a preset that is not for the editor.
    private JsonElement DraftOf(Preset preset)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        controls.Preset = preset;
        while (Next() is not null)
        {
        }

        return draft;
    }

    private JsonElement Ask(string message, string answer)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        session.Receive(System.Text.Encoding.UTF8.GetBytes(message));
        return Take(answer);
    }

    // Also follows the kernels, which a state has when they changed.
    private JsonElement? Next()
    {
        if (session.NextText() is not { } text)
        {
            return null;
        }

        JsonElement message = JsonElement.Parse(text.Span);
        draft = message.TryGetProperty("kernels", out JsonElement changed) && message.GetProperty("type").GetString() == "state"
            ? changed
            : draft;
        return message;
    }

    private JsonElement Take(string type)
    {
        while (Next() is { } message)
        {
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }

        throw new InvalidOperationException($"there is no message {type}");
    }

    private static async Task<JsonElement[]> EditAsync(IEnumerable<JsonElement> drafts)
    {
        using Process node = StartNode();
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(drafts));
        node.StandardInput.Close();
        string edited = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<JsonElement[]>(edited)!;
    }

    private static Process StartNode()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", EditFirstWeight, Script])
            { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            throw new SkipException("node is not installed");
        }
    }
}

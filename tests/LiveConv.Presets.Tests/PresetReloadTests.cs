using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LiveConv.Presets.Tests;

public sealed class PresetReloadTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder own = new();
    private readonly ReportedLines reported = [];

    public void Dispose()
    {
        folder.Dispose();
        own.Dispose();
    }

    [Fact]
    public void Scan_NothingHappened_ChangesNothing()
    {
        Save("a", 1);
        PresetFolders presets = Open();

        Assert.False(presets.Scan());
        Assert.False(presets.Scan());
        Assert.Empty(reported);
    }

    [Fact]
    public void Scan_SavedFile_IsTheNewPreset()
    {
        Save("a", 1);
        PresetFolders presets = Open();
        Save("a", 7);

        Assert.True(presets.Scan());
        Assert.Equal(7, WeightOf(presets, "a"));
        Assert.False(Assert.Single(reported).IsProblem);
    }

    [Fact]
    public void Scan_SameSizeAndTime_IsStillSeen()
    {
        string path = Save("a", 1);
        DateTime written = File.GetLastWriteTimeUtc(path);
        PresetFolders presets = Open();
        Save("a", 2);
        File.SetLastWriteTimeUtc(path, written);

        Assert.True(presets.Scan());
        Assert.Equal(2, WeightOf(presets, "a"));
    }

    [Fact]
    public void Scan_BrokenSave_KeepsTheLastGoodOneAndSaysSoOnce()
    {
        Save("a", 1);
        PresetFolders presets = Open();
        folder.Write("a.json", "{ \"version\": 1,\n \"name\": ");

        Assert.False(presets.Scan());
        Assert.Empty(reported);
        Assert.True(presets.IsUnsettled);
        Assert.False(presets.Scan());
        Assert.False(presets.Scan());

        Assert.Equal(1, WeightOf(presets, "a"));
        ReportedLine notice = Assert.Single(reported);
        Assert.True(notice.IsProblem);
        Assert.StartsWith("preset a stays as it was: ", notice.Text, StringComparison.Ordinal);
        Assert.Contains("a.json, line 2", notice.Text, StringComparison.Ordinal);

        Save("a", 5);
        Assert.True(presets.Scan());
        Assert.Equal(5, WeightOf(presets, "a"));
    }

    [Fact]
    public void Scan_HalfWrittenFile_IsNoComplaintWhenItIsWholeSoon()
    {
        PresetFolders presets = Open();
        folder.Write("a.json", "{ \"version\"");
        presets.Scan();
        Save("a", 3);

        Assert.True(presets.Scan());
        Assert.Equal(3, WeightOf(presets, "a"));
        Assert.DoesNotContain(reported, notice => notice.IsProblem);
    }

    [Fact]
    public void Scan_FileGoneForAMoment_IsKept()
    {
        string path = Save("a", 1);
        PresetFolders presets = Open();
        File.Move(path, path + "~");

        Assert.False(presets.Scan());
        Assert.Equal(1, WeightOf(presets, "a"));
        File.Move(path + "~", path);
        Assert.False(presets.Scan());
        Assert.Equal(1, WeightOf(presets, "a"));
        File.Delete(path);
        Assert.False(presets.Scan());
        Assert.True(presets.Scan());
        Assert.Equal(["seed"], presets.Presets.Select(preset => preset.Id));
    }

    [Fact]
    public void Presets_UsersOwnFolder_WinsNameAndKey()
    {
        Save("a", 1, key: 2);
        Save("b", 2, key: 3);
        Write(own, "a", 9, key: 4);
        Write(own, "c", 8, key: 3);
        PresetFolders presets = Open();

        Assert.Equal(["seed", "b", "c", "a"], presets.Presets.Select(preset => preset.Id));
        Assert.Equal(9, WeightOf(presets, "a"));
        Assert.Empty(reported);
        File.Delete(Path.Combine(own.Path, "a.json"));
        presets.Scan();
        Assert.True(presets.Scan());
        Assert.Equal(1, WeightOf(presets, "a"));
    }

    [Fact]
    public void Presets_UsersOwnFolderIsMissing_NothingIsSaid()
    {
        var presets = new PresetFolders(folder.Path, Path.Combine(own.Path, "none"), reported.Inform, reported.Warn);

        Assert.Equal(["seed"], presets.Presets.Select(preset => preset.Id));
        Assert.Empty(reported);
    }

    [Fact]
    public void Presets_AFileFromAnywhere_IsBeforeAllOthersAndIsReadAgain()
    {
        using var elsewhere = new TemporaryFolder();
        Save("a", 1, key: 1);
        Save("b", 1);
        string file = Write(elsewhere, "a", 5, key: 1);
        Write(elsewhere, "c", 5, key: null);
        var presets = new PresetFolders(folder.Path, null, reported.Inform, reported.Warn, file);
        Assert.Equal(["a", "seed", "b"], presets.Presets.Select(preset => preset.Id));
        Assert.Equal(5, WeightOf(presets, "a"));

        Write(elsewhere, "a", 6, key: 1);

        Assert.True(presets.Scan());
        Assert.Equal(6, WeightOf(presets, "a"));
        Assert.DoesNotContain(reported, notice => notice.IsProblem);
    }

    [Fact]
    public void Presets_AFileFromAFolderOfPresets_IsThereOnce()
    {
        string file = Save("b", 3);
        Save("a", 1);

        var presets = new PresetFolders(
            folder.Path, null, reported.Inform, reported.Warn, Path.GetRelativePath(Environment.CurrentDirectory, file));

        Assert.Equal(["seed", "b", "a"], presets.Presets.Select(preset => preset.Id));
    }

    [SkippableFact]
    public void Presets_APipeAmongTheFiles_IsRefusedAndNotWaitedFor()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "named pipes are made by mkfifo");
        using (var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(folder.Path, "pipe.json")))
        {
            made.WaitForExit();
        }

        Save("a", 1);
        PresetFolders presets = Open();

        Assert.Equal(["seed", "a"], presets.Presets.Select(preset => preset.Id));
        Assert.Contains("pipe.json: it is a named pipe, not a file", Assert.Single(reported).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"version\": 1 }")]
    [InlineData(null)]
    public void Presets_AFileFromAnywhereThatIsNoPreset_IsRefusedWithItsName(string? content)
    {
        using var elsewhere = new TemporaryFolder();
        string file = content is null ? Path.Combine(elsewhere.Path, "x.json") : elsewhere.Write("x.json", content);

        PresetException refusal = Assert.Throws<PresetException>(
            () => new PresetFolders(folder.Path, null, reported.Inform, reported.Warn, file));

        Assert.StartsWith(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_SavedByRename_GivesEveryNewPreset()
    {
        Save("a", 1);
        PresetFolders presets = Open();
        var loaded = Channel.CreateUnbounded<float>();
        using var timeout = new CancellationTokenSource(Timeout);
        using IDisposable watch = presets.Watch(
            all => loaded.Writer.TryWrite(all.Single(preset => preset.Id == "a").Bank!.Filters[0].Kernel[0, 0]));
        for (int weight = 2; weight < 6; weight++)
        {
            string scratch = folder.Write(".a.json.swp", Text(weight, null));
            File.Move(scratch, Path.Combine(folder.Path, "a.json"), overwrite: true);
            Assert.Equal(weight, await loaded.Reader.ReadAsync(timeout.Token));
        }

        Assert.DoesNotContain(reported, notice => notice.IsProblem);
    }

    [Fact]
    public async Task Watch_StreamOfPartialWrites_TheRunningPresetIsAlwaysAWholeOne()
    {
        Save("a", 1);
        PresetFolders presets = Open();
        var seen = new ConcurrentBag<float>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = presets.Watch(all =>
        {
            float weight = all.Single(preset => preset.Id == "a").Bank!.Filters[0].Kernel[0, 0];
            seen.Add(weight);
            if (weight == 300)
            {
                last.TrySetResult();
            }
        });

        for (int weight = 2; weight <= 300; weight++)
        {
            string text = Text(weight, null);
            await using var file =
                new FileStream(Path.Combine(folder.Path, "a.json"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            for (int at = 0; at < text.Length; at += 40)
            {
                await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text[at..Math.Min(text.Length, at + 40)]));
            }
        }

        await last.Task.WaitAsync(Timeout);
        watch.Dispose();
        Assert.All(seen, weight => Assert.True(weight >= 1 && weight == MathF.Truncate(weight)));
    }

    [Fact]
    public void Watch_DisposedTwice_IsDisposed()
    {
        IDisposable watch = Open().Watch(_ => { });
        watch.Dispose();

        Assert.Null(Record.Exception(watch.Dispose));
    }

    private static string Text(int weight, int? key) => $$"""
        { "version": 1, "name": "P", {{(key is null ? "" : $"\"key\": {key},")}}
          "vertical": [[{{weight}}, -1]], "horizontal": [[1], [-1]] }
        """;

    private static float WeightOf(PresetFolders presets, string id) =>
        presets.Presets.Single(preset => preset.Id == id).Bank!.Filters[0].Kernel[0, 0];

    private static string Write(TemporaryFolder where, string id, int weight, int? key) => where.Write(id + ".json", Text(weight, key));

    private PresetFolders Open() => new(folder.Path, own.Path, reported.Inform, reported.Warn);

    private string Save(string id, int weight, int? key = null) => Write(folder, id, weight, key);
}

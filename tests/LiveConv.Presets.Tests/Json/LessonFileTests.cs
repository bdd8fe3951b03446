using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Presets.Tests;

public sealed class LessonFileTests : IDisposable
{
    private const string Step =
        """{"id":"a","title":"A","question":"Q?","answers":[{"text":"x"},{"text":"y"}],"right":1,"explanation":"E."}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-lessons-");

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(RepositoryFiles.PathOf("presets", "lessons"), "*.json").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [InlineData("lesson.schema.json")]
    [InlineData("texts.schema.json")]
    public void Schema_InTheRepository_IsThatOfTheTypes(string name)
    {
        string path = RepositoryFiles.PathOf("presets", "lessons", name);
        string expected = name == "lesson.schema.json" ? LessonSchema.Text() : LessonSchema.TextOfTexts();
        if (Environment.GetEnvironmentVariable("LIVECONV_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void ShippedLesson_HasSixteenStepsInFourLanguages_AndNothingIsReported()
    {
        var lines = new List<string>();

        LessonPlan lesson = Assert.Single(LessonFolders.Load([RepositoryFiles.PathOf("presets")], lines.Add));

        Assert.Empty(lines);
        Assert.Equal(16, lesson.Steps.Count);
        Assert.Equal(["de", "es", "fr"], lesson.Translations.Select(texts => texts.Language));
        Assert.All(
            lesson.Translations, texts => Assert.Equal(lesson.Steps.Select(step => step.Id), texts.Steps.Select(step => step.Id)));
        Assert.All(
            lesson.Translations,
            texts => Assert.All(texts.Steps.Zip(lesson.Steps), pair => Assert.Equal(pair.Second.Text is null, pair.First.Text is null)));
    }

    [Fact]
    public void Library_WhoseFileChanges_ReadsItAgainAndReportsEachFaultOnce()
    {
        var time = new FakeTimeProvider();
        var lines = new List<string>();
        string lessons = Directory.CreateDirectory(Path.Combine(folder.FullName, "lessons")).FullName;
        string file = Path.Combine(lessons, "own.json");
        var library = new LessonLibrary(folder.FullName, lines.Add, time);
        Assert.DoesNotContain(library.Read(), lesson => lesson.Id == "own");

        File.WriteAllText(file, $$"""{"version":1,"title":"Own","steps":[{{Step}}]}""");
        Assert.DoesNotContain(library.Read(), lesson => lesson.Id == "own");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Own", Assert.Single(library.Read(), lesson => lesson.Id == "own").Title);

        File.WriteAllText(file, "broken");
        for (int i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.DoesNotContain(library.Read(), lesson => lesson.Id == "own");
            File.WriteAllText(Path.Combine(lessons, $"other{i}.txt.json"), "");
        }

        Assert.Single(lines, line => line.Contains("own.json", StringComparison.Ordinal));
    }

    [Fact]
    public void ShippedLesson_NamesPresetsAndHeadingsThatExist()
    {
        LessonPlan lesson = LessonFile.Read(RepositoryFiles.PathOf("presets", "lessons", "convolution.json"));
        string[] headings = [.. File.ReadLines(RepositoryFiles.PathOf("docs", "convolution.md"))
            .Where(line => line.StartsWith("##", StringComparison.Ordinal))
            .Select(line => line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-'))
            .Select(name => string.Concat(name.Where(c => char.IsLetter(c) || c == '-')))];

        Assert.All(lesson.Steps, step => Assert.Contains(step.Section, headings));
        Assert.All(
            lesson.Steps.Select(step => step.Preset).OfType<string>(),
            id => Assert.True(id == "seed" || File.Exists(RepositoryFiles.PathOf("presets", id + ".json")), id));
    }

    [Theory]
    [InlineData("\"right\":1", "\"right\":2", "there is no such answer")]
    [InlineData("\"right\":1,", "", "a step has right, or measure")]
    [InlineData("\"right\":1", "\"measure\":\"leftShare\"", "every answer has a value with measure")]
    [InlineData("\"right\":1", "\"right\":1,\"wrong\":2", "unknown member 'wrong'")]
    [InlineData("\"title\":\"A\"", "\"title\":\"\"", "a text of 1 to 80 characters")]
    [InlineData("\"title\":\"A\",", "", "missing: title")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"microscope\":{\"stride\":9}", "a number from 1 to 4")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"microscope\":{\"image\":[[1,2],[3]]}", "rows are of one length")]
    [InlineData(
        "{\"text\":\"x\"},{\"text\":\"y\"}],\"right\":1",
        "{\"text\":\"x\",\"value\":1},{\"text\":\"y\",\"value\":0}],\"measure\":\"learnedError\"", "say what it shows")]
    [InlineData(
        "{\"text\":\"x\"},{\"text\":\"y\"}],\"right\":1",
        "{\"text\":\"x\",\"value\":1},{\"text\":\"y\",\"value\":0}],\"measure\":\"learnedError\",\"microscope\":{}",
        "a value is measured of an image")]
    [InlineData(
        "{\"text\":\"x\"},{\"text\":\"y\"}],\"right\":1",
        "{\"text\":\"x\",\"value\":1},{\"text\":\"y\",\"value\":0}],\"measure\":\"learnedError\","
            + "\"microscope\":{\"image\":[[1,2]],\"kind\":\"maxPool\"}",
        "only the kernel of a convolution is learned")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"view\":\"both\"", "this should be one of allFour, pair")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"lens\":{\"x\":0.5}", "only the tool xray has a lens")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"tool\":\"xray\",\"lens\":{\"map\":2}", "a number from 0 to 1")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"tool\":\"xray\",\"lens\":{\"y\":1.5}", "a number from 0 to 1")]
    [InlineData(",{\"text\":\"y\"}", "", "2 to 6 items")]
    [InlineData("{\"text\":\"y\"}", "null", "an answer is an object")]
    public void Read_BadLesson_SaysWhereAndWhy(string good, string bad, string reason)
    {
        string json = $$"""{"version":1,"title":"T","steps":[{{Step}}]}""";
        Assert.Contains(good, json, StringComparison.Ordinal);

        PresetException e = Assert.Throws<PresetException>(
            () => LessonFile.Parse(Encoding.UTF8.GetBytes(json.Replace(good, bad, StringComparison.Ordinal)), "mine.json"));

        Assert.StartsWith("mine.json, line 1", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Load_BadFilesBesideAGoodOne_ReportsEachInALineAndLoadsTheGoodOne()
    {
        string lessons = Directory.CreateDirectory(Path.Combine(folder.FullName, "lessons")).FullName;
        File.WriteAllText(Path.Combine(lessons, "good.json"), $$"""{"version":1,"title":"Mine","steps":[{{Step}}]}""");
        File.WriteAllText(Path.Combine(lessons, "bad.json"), "{");
        File.WriteAllText(Path.Combine(lessons, "good.de.json"), """{"version":1,"title":"Meine","steps":[{"id":"b"}]}""");
        File.WriteAllBytes(Path.Combine(lessons, "large.json"), new byte[(64 * 1024) + 1]);
        var lines = new List<string>();

        LessonPlan lesson = Assert.Single(LessonFolders.Load([null, folder.FullName], lines.Add));

        Assert.Equal(("good", "Mine"), (lesson.Id, lesson.Title));
        Assert.Empty(lesson.Translations);
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.StartsWith("lesson refused: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_TwoFoldersWithOneName_TakesTheFirst()
    {
        foreach (string name in (string[])["own", "shipped"])
        {
            string lessons = Directory.CreateDirectory(Path.Combine(folder.FullName, name, "lessons")).FullName;
            File.WriteAllText(Path.Combine(lessons, "a.json"), $$"""{"version":1,"title":"{{name}}","steps":[{{Step}}]}""");
        }

        IReadOnlyList<LessonPlan> found = LessonFolders.Load(
            [Path.Combine(folder.FullName, "own"), Path.Combine(folder.FullName, "shipped")], _ => { });

        Assert.Equal("own", Assert.Single(found).Title);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ShippedFile_IsWellFormedAndNamesItsSchema(string name)
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(RepositoryFiles.PathOf("presets", "lessons", name)))!;

        string schema = name.Contains("schema", StringComparison.Ordinal) ? name : $"{file["$schema"]}";
        Assert.True(File.Exists(RepositoryFiles.PathOf("presets", "lessons", schema)), schema);
    }

    public void Dispose() => folder.Delete(recursive: true);
}

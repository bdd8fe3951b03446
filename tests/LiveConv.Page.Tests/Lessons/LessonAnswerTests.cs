using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

/// <summary>The shipped lesson over a page's session: its texts, and what the engine finds right.</summary>
public sealed class LessonAnswerTests : IDisposable
{
    private static readonly IReadOnlyList<LessonPlan> Lessons =
        [ReadWith(RepositoryFiles.PathOf("presets", "lessons", "convolution.json"), "de", "es", "fr")];

    private readonly FakeTimeProvider time = new();
    private readonly LiveControls controls = new([Preset.Seed, Shipped("canny"), Shipped("temporal-difference")], Preset.Seed);
    private readonly FramePool<Frame> frames = new(4);
    private readonly FramePool<EdgeMaps> maps = new(4);
    private readonly WorkerPool workers = new(1);
    private readonly PageSessions sessions;
    private readonly PageSession session;
    private IReadOnlyList<LessonPlan> lessons = Lessons;

    public LessonAnswerTests()
    {
        var context = new PageContext(
            controls, new FrameStats(time), new Notices(), () => new SourceInfo("test", new SourceMode(), new SourceMode()), time)
        { Lessons = () => lessons };
        sessions = new PageSessions(context);
        session = sessions.Open(PageRole.Guest, new PageRates(time), () => { });
    }

    [Theory]
    [InlineData("en-GB", "en", "What is a convolution?")]
    [InlineData("de-CH", "de", "Was ist eine Faltung?")]
    [InlineData("es", "es", "¿Qué es una convolución?")]
    [InlineData("fr", "fr", "Qu'est-ce qu'une convolution ?")]
    [InlineData("ja", "en", "What is a convolution?")]
    public void Lessons_InALanguage_ComeInItOrInTheirOwn(string requested, string language, string title)
    {
        JsonElement answer = Ask($$"""{"lessons":"{{requested}}"}""", "lessons");

        JsonElement lesson = answer.GetProperty("lessons")[0];
        Assert.Equal((language, title), (lesson.GetProperty("language").GetString(), lesson.GetProperty("title").GetString()));
        Assert.Equal(16, lesson.GetProperty("steps").GetArrayLength());
        Assert.Equal("[\"de\",\"en\",\"es\",\"fr\"]", answer.GetProperty("languages").GetRawText());
    }

    [Theory]
    [InlineData("kernel", 0)]
    [InlineData("window", 1)]
    [InlineData("product-and-sum", 2)]
    [InlineData("not-a-matrix-product", 0)]
    [InlineData("sliding", 1)]
    [InlineData("stride", 1)]
    [InlineData("padding", 1)]
    [InlineData("output-equation", 1)]
    [InlineData("down-and-up", 1)]
    [InlineData("pooling", 0)]
    [InlineData("learning", 1)]
    [InlineData("flip", 1)]
    public void Prediction_ThatNeedsNoCamera_IsAnsweredAsTheExplanationSays(string step, int right) => AssertRight(step, right);

    [Fact]
    public void Prediction_ComputedByTheEngine_IsExactlyOneOfTheValues()
    {
        foreach (LessonStep step in Lessons[0].Steps.Where(step => step.Measure?.IsOfMicroscope() == true))
        {
            JsonElement answer = Predict(step.Id);

            double measured = answer.GetProperty("measured").GetDouble();
            Assert.True(step.Answers.Any(one => one.Value == measured), $"{step.Id}: {measured} is no answer");
        }
    }

    [Fact]
    public void ShippedLesson_NamesNoRightAnswer_LiveConvComputesEach() =>
        Assert.All(Lessons[0].Steps, step => Assert.True(step is { Right: null, Measure: not null }, step.Id));

    [Theory]
    [InlineData("convolution", 2, 1)]
    [InlineData("correlation", 1, 2)]
    public void Learning_OfAnyConvolutionOfTheMicroscope_FindsItsKernel(string operation, int stride, int dilation)
    {
        LessonStep learning = Lessons[0].Steps[Number("learning")];
        LessonMicroscope all = learning.Microscope! with
        {
            Operation = Enum.Parse<Operation>(operation, ignoreCase: true),
            Stride = stride,
            Dilation = dilation,
            Padding = 2,
            Border = BorderMode.Mirror,
            Kernel = [[1, 2], [3, -4]],
        };
        lessons = [Lessons[0] with { Id = "own", Steps = [learning with { Microscope = all }] }];

        JsonElement answer = Ask("""{"predict":{"lesson":"own","step":0,"answer":0}}""", "predicted");

        Assert.Equal((1, 0.0), (answer.GetProperty("right").GetInt32(), answer.GetProperty("measured").GetDouble()));
    }

    [Fact]
    public void Learning_FromAnImageThatLeavesWeightsOpen_IsRefused()
    {
        LessonStep learning = Lessons[0].Steps[Number("learning")];
        LessonMicroscope flat = learning.Microscope! with { Image = [.. Enumerable.Repeat(learning.Microscope!.Image![0], 6)] };
        lessons = [Lessons[0] with { Id = "own", Steps = [learning with { Microscope = flat }] }];

        JsonElement answer = Ask("""{"predict":{"lesson":"own","step":0,"answer":0}}""", "predicted");

        Assert.Equal("noOutput", answer.GetProperty("refused").GetString());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Prediction_OfTheBrighterMap_FollowsTheImage(bool isUpright, int right)
    {
        Assert.Equal("noImage", Refused("edges"));
        Show(isUpright);

        AssertRight("edges", right);
    }

    [Fact]
    public void Prediction_ByAGuestWhoCannotChooseItsPreset_IsComputedWithThatPreset()
    {
        Show(isUpright: true);

        AssertRight("layers", 0);
        AssertRight("time", 0);
        Assert.Equal("seed", controls.Preset.Id);
        Assert.True(Predict("edges").GetProperty("measured").GetDouble() > 0.9);
    }

    [Fact]
    public void Prediction_AboutAPresetThatIsNotThere_IsRefusedAsThat()
    {
        LessonPlan own = Lessons[0] with { Id = "own", Steps = [Lessons[0].Steps[Number("layers")] with { Preset = "gone" }] };
        lessons = [own];
        Show(isUpright: true);

        JsonElement answer = Ask("""{"predict":{"lesson":"own","step":0,"answer":0}}""", "predicted");

        Assert.Equal("noPreset", answer.GetProperty("refused").GetString());
    }

    [Fact]
    public void Prediction_OfBlackMaps_IsRefusedAsThat()
    {
        Show(isUpright: true, white: 0);

        Assert.Equal("black", Refused("edges"));
    }

    [Theory]
    [InlineData("""{"predict":{"lesson":"none","step":0,"answer":0}}""")]
    [InlineData("""{"predict":{"lesson":"convolution","step":99,"answer":0}}""")]
    [InlineData("""{"predict":{"lesson":"convolution","step":-1,"answer":0}}""")]
    [InlineData("""{"predict":{"lesson":"convolution","step":0,"answer":7}}""")]
    public void Prediction_OfNoStep_IsRefused(string message) =>
        Assert.Equal("noStep", Ask(message, "predicted").GetProperty("refused").GetString());

    [Fact]
    public void Microscope_OfTheNewestImage_IsItsReducedImage()
    {
        Show(isUpright: true);

        JsonElement answer = Ask(
            """
            {"microscope":{"width":4,"height":3,"image":null,"kernel":[[1,-1]],"kind":"convolution","operation":"correlation",
              "border":"mirror","stride":1,"padding":0,"dilation":1,"x":1,"y":0}}
            """,
            "microscope");

        Assert.Equal("[[255,255,0,0],[255,255,0,0],[255,255,0,0]]", answer.GetProperty("image").GetRawText());
        Assert.Equal(255, answer.GetProperty("value").GetDouble());
    }

    public void Dispose()
    {
        session.Dispose();
        sessions.Dispose();
        frames.Dispose();
        maps.Dispose();
        workers.Dispose();
    }

    private static LessonPlan ReadWith(string path, params string[] languages)
    {
        LessonPlan lesson = LessonFile.Read(path);
        return lesson with
        {
            Translations = [.. languages.Select(language => LessonFile.ReadTexts(Path.ChangeExtension(path, $".{language}.json"), lesson))],
        };
    }

    private static Preset Shipped(string id) => PresetFile.Read(RepositoryFiles.PathOf("presets", id + ".json"));

    private static int Number(string step) => Lessons[0].Steps.ToList().FindIndex(one => one.Id == step);

    private void AssertRight(string step, int right)
    {
        JsonElement answer = Predict(step);
        Assert.Equal((right, null), (answer.GetProperty("right").GetInt32(), answer.GetProperty("refused").GetString()));
    }

    private JsonElement Predict(string step) =>
        Ask($$$"""{"predict":{"lesson":"convolution","step":{{{Number(step)}}},"answer":0}}""", "predicted");

    private string Refused(string step) => Predict(step).GetProperty("refused").GetString()!;

    private JsonElement Ask(string message, string type)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        session.Receive(System.Text.Encoding.UTF8.GetBytes(message));
        while (session.NextText() is { } text)
        {
            JsonElement read = JsonDocument.Parse(text).RootElement;
            if (read.GetProperty("type").GetString() == type)
            {
                return read;
            }
        }

        throw new InvalidOperationException($"no {type} was sent");
    }

    // White left or above, black right or below.
    private void Show(bool isUpright, byte white = 255)
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(64, 48);
        for (int y = 0; y < 48; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                frame.Luma.Row(y)[x] = (isUpright ? x < 32 : y < 24) ? white : (byte)0;
            }
        }

        EdgeMaps edges = maps.TryRent()!;
        edges.Compute(frame, controls.Preset, workers);
        sessions.Show(edges);
    }
}

using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page.Tests;

/// <summary>The X-ray of every shipped preset and of every operation in it, against plain loops.</summary>
public sealed class EveryPresetTests : IDisposable
{
    private const int Width = 96;
    private const int Height = 64;
    private const int Video = 17;
    private const int Pixels = 12;
    private readonly WorkerPool workers = new(1);
    private readonly StageMaps maps = new(TimeProvider.System);
    private readonly PixelExplainer explainer;

    public EveryPresetTests() => explainer = new PixelExplainer(maps);

    public static TheoryData<string> Shipped() =>
        [.. Directory.GetFiles(RepositoryFiles.PathOf("presets"), "*.json")
            .Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)).Order()];

    public void Dispose()
    {
        explainer.Dispose();
        maps.Dispose();
        workers.Dispose();
    }

    [Fact]
    public void Shipped_AreAllThere() => Assert.Equal(32, Shipped().Cast<object>().Count());

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Explain_EveryStageAndMap_EqualsPlainLoopsOverItsInputMaps(string file)
    {
        using HeldImage held = Filter(file);
        ViewedImage image = held.Image;
        PresetStages stages = maps.StagesOf(image);
        var random = new Random(1);
        for (int s = 0; s < stages.Stages.Count; s++)
        {
            PresetStage stage = stages.Stages[s];
            for (int channel = 0; channel < stage.Maps; channel++)
            {
                foreach ((int x, int y) in Places(stage.Size, random))
                {
                    PixelAnswer answer = Ask(image, new PixelQuestion(channel, x, y, s));

                    CheckTerms(answer, Inputs(image, s));
                    CheckResult(answer, stage, new PlainStage(stage, Inputs(image, s)).Value(channel, x, y));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Explain_MapsThatAreShown_EndsWithTheirPixel(string file)
    {
        using HeldImage held = Filter(file);
        ViewedImage image = held.Image;
        var random = new Random(2);
        for (int map = 0; map < 2; map++)
        {
            Plane<byte> plane = map == 0 ? image.Vertical : image.Horizontal;
            foreach ((int x, int y) in Places(new ImageSize(plane.Width, plane.Height), random))
            {
                PixelAnswer answer = Ask(image, new PixelQuestion(map, x, y));

                byte pixel = plane.Row(y)[x];
                Assert.Equal(pixel, answer.Shown!.Value);
                Assert.Equal(pixel, Respond(answer.Shown, ExactResult(answer)));
                Assert.Equal(map, answer.Shown.Map);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Stages_OfALayer_EndWithTheLayersOwnMaps(string file)
    {
        using HeldImage held = Filter(file);
        ViewedImage image = held.Image;
        if (image.Preset.Stack is not { } stack)
        {
            return;
        }

        using var runner = new Convolution.Stacks.LayerStackRunner(stack, image.Size);
        using var vertical = new Plane<byte>(image.Vertical.Width, image.Vertical.Height);
        using var horizontal = new Plane<byte>(image.Horizontal.Width, image.Horizontal.Height);
        runner.Run(image.Frames, vertical, horizontal);
        PresetStages stages = maps.StagesOf(image);
        StageRun run = maps.RunOf(image);
        for (int layer = 0; layer < stack.Layers.Count; layer++)
        {
            int last = stages.Stages.ToList().FindLastIndex(stage => stage.Layer == layer);
            Assert.Equal(runner.MapsOf(layer).Select(Values), run.Maps(last).Select(Values));
        }
    }

    // Whatever changes outside of it leaves the value; what changes inside may not. So the field is neither too small nor without end.
    [Theory]
    [MemberData(nameof(Shipped))]
    public void Field_OfAValue_HoldsEverythingThatItDependsOn(string file)
    {
        using HeldImage held = Filter(file);
        ViewedImage image = held.Image;
        PresetStages stages = maps.StagesOf(image);
        int last = stages.Outputs[0].Stage;
        (int x, int y) = (stages.Stages[last].Size.Width / 2, stages.Stages[last].Size.Height / 2);
        PixelAnswer before = Ask(image, new PixelQuestion(stages.Outputs[0].Channel, x, y, last));
        FieldPart field = Assert.Single(before.Field, part => part.Stage == -1);

        using HeldImage other = new(image);
        foreach (Plane<byte> frame in other.Image.Frames.Distinct())
        {
            for (int row = 0; row < Height; row++)
            {
                for (int column = 0; column < Width; column++)
                {
                    bool isInside = row >= field.Top && row < field.Top + field.Height
                        && column >= field.Left && column < field.Left + field.Width;
                    frame.Row(row)[column] = isInside ? frame.Row(row)[column] : (byte)(255 - frame.Row(row)[column]);
                }
            }
        }

        PixelAnswer after = Ask(other.Image, new PixelQuestion(stages.Outputs[0].Channel, x, y, last));
        Assert.Equal(before.Result, after.Result);
        Assert.Equal(last + 2, before.Field.Count);
    }

    private static float[][] Values(Plane<float> map) => [.. Enumerable.Range(0, map.Height).Select(y => map.Row(y).ToArray())];

    // The corners, where the border counts, and others by chance.
    private static IEnumerable<(int X, int Y)> Places(ImageSize size, Random random)
    {
        (int, int)[] corners = [(0, 0), (size.Width - 1, 0), (0, size.Height - 1), (size.Width - 1, size.Height - 1)];
        return corners.Concat(Enumerable.Range(0, Pixels).Select(_ => (random.Next(size.Width), random.Next(size.Height))));
    }

    private static void CheckTerms(PixelAnswer answer, Func<int, int, int, double> inputs)
    {
        foreach (PixelTerm term in answer.Terms)
        {
            for (int j = 0; j < term.Rows.Length; j++)
            {
                for (int i = 0; i < term.Columns.Length; i++)
                {
                    int row = PlainStage.Fold(term.Rows[j], answer.InputHeight, answer.Border);
                    int column = PlainStage.Fold(term.Columns[i], answer.InputWidth, answer.Border);
                    double value = row < 0 || column < 0 ? 0 : inputs(term.From, row, column);
                    Assert.Equal(value, term.Window[j][i]);
                    Assert.Equal(value, term.Patch[term.Rows[j] - term.PatchTop][term.Columns[i] - term.PatchLeft]);
                    if (term.Weights is { } weights)
                    {
                        Assert.Equal(term.Window[j][i] * weights[j][i], term.Products![j][i]);
                    }
                }
            }
        }
    }

    // The plain loops' value, in double precision; of the products that the answer shows; and the engine's, in single precision.
    private static void CheckResult(PixelAnswer answer, PresetStage stage, double plain)
    {
        double size = answer.Terms.Sum(term => (term.Products ?? term.Window).Sum(row => row.Sum(value => Math.Abs((double)value))));
        double tolerance = 1e-5 * (size + Math.Abs(answer.Bias));
        Assert.InRange(answer.Result, plain - tolerance, plain + tolerance);
        if (answer.Terms.All(term => term.Weights is not null))
        {
            double shown = answer.Bias + Sum(answer);
            Assert.InRange(answer.Result, shown - tolerance, shown + tolerance);
        }
        else if (stage.Operation == StageOperation.Magnitude)
        {
            Assert.InRange(answer.Result, Math.Sqrt(Sum(answer)) - tolerance, Math.Sqrt(Sum(answer)) + tolerance);
        }
    }

    private static double Sum(PixelAnswer answer) =>
        answer.Terms.Sum(term => term.Products!.Sum(row => row.Sum(value => (double)value)));

    // A pair's sums of fractions are rounded to pixels as if they were exact.
    private static double ExactResult(PixelAnswer answer) => answer.Stages.Count == 1 && answer.Terms.Count == 1
        ? answer.Terms[0].Window.Zip(answer.Terms[0].Weights!)
            .Sum(row => row.First.Zip(row.Second).Sum(pair => (double)pair.First * pair.Second))
        : answer.Result;

    private static byte Respond(ShownPixel shown, double result)
    {
        double value = result * shown.Gain * (shown.Response == Response.Negative ? -1 : 1);
        double rounded = Math.Round(shown.Response == Response.Abs ? Math.Abs(value) : value, MidpointRounding.ToEven);
        return (byte)Math.Clamp(rounded + (shown.Response == Response.Offset128 ? 128 : 0), 0, 255);
    }

    private PixelAnswer Ask(ViewedImage image, PixelQuestion question)
    {
        ExplainedMessage message = explainer.Explain(image, question);
        Assert.Null(message.Refused);
        return message.Answer!;
    }

    private Func<int, int, int, double> Inputs(ViewedImage image, int stage)
    {
        if (stage == 0)
        {
            return (frame, row, column) => image.Frames[frame].Row(row)[column];
        }

        Plane<float>[] before = maps.RunOf(image).Maps(stage - 1);
        return (map, row, column) => before[map].Row(row)[column];
    }

    private HeldImage Filter(string file)
    {
        Preset preset = PresetFile.Read(RepositoryFiles.PathOf("presets", file));
        using var frames = new FramePool<Frame>(Video);
        using var pool = new FramePool<EdgeMaps>(1);
        using var filter = new PresetFilter(workers, isStrict: true);
        HeldImage? held = null;
        for (int n = 0; n < Video; n++)
        {
            Frame frame = frames.TryRent()!;
            frame.Resize(Width, Height);
            Fill(frame.Luma, n);
            using EdgeMaps result = pool.TryRent()!;
            filter.Apply(frame, preset, result);
            held?.Dispose();
            held = new HeldImage(ViewedImage.Of(result, (uint)n + 1));
        }

        return held!;
    }

    // A disc and a bar that move over noise.
    private static void Fill(Plane<byte> image, int n)
    {
        var noise = new Random(n);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bool isDisc = ((x - 20 - (2 * n)) * (x - 20 - (2 * n))) + ((y - 30) * (y - 30)) < 200;
                image.Row(y)[x] = (byte)(30 + (isDisc ? 150 : 0) + (Math.Abs(x - y - 10 + n) < 5 ? 60 : 0) + noise.Next(12));
            }
        }
    }
}

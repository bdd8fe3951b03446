using System.Text.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using LiveConv.Benchmarks;
using LiveConv.Convolution;

const string Usage = """
    usage: dotnet run -c Release --project tests/LiveConv.Benchmarks -- ours|peers [--json] [--quick] [RACE ...]
           dotnet run -c Release --project tests/LiveConv.Benchmarks -- single [BENCHMARKDOTNET'S OPTIONS, such as --filter '*']
           dotnet run -c Release --project tests/LiveConv.Benchmarks -- chart RESULTS.json CHART.svg
           dotnet run -c Release --project tests/LiveConv.Benchmarks -- tables RESULTS.json
    races: pairs readers shapes large separable scaled fractions tensors networks temporal dispatch (all, if none is named); --quick: pairs,
    readers and fractions at 1920x1080 alone
    """;
string[] races = ["pairs", "readers", "shapes", "large", "separable", "scaled", "fractions", "tensors", "networks", "temporal", "dispatch"];
if (args is ["chart", _, _] or ["tables", _])
{
    try
    {
        string results = File.ReadAllText(args[1]);
        if (args is ["chart", _, string drawing])
        {
            File.WriteAllText(drawing, Chart.Draw(results));
        }
        else
        {
            Console.Write(Tables.Write(results));
        }

        return 0;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
    {
        Console.Error.WriteLine($"no {args[0]} of {args[1]}: {e.Message}");
        return 1;
    }
}

if (args is ["single", .. string[] options])
{
    Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(FilterBenchmarks).Assembly).Run(options)];
    bool ran = summaries.Length > 0
        && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(r => r.Success));
    return ran || options.Contains("--list") || options.Contains("--help") ? 0 : 1;
}

if (args.Length == 0 || args[0] is not ("ours" or "peers") || args.Skip(1).Any(a => a is not ("--json" or "--quick") && !races.Contains(a)))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

(int Width, int Height)[] sizes = args.Contains("--quick") ? [(1920, 1080)] : [(640, 480), (1280, 720), (1920, 1080), (3840, 2160)];
(int Width, int Height)[] shapes = [(800, 600), (848, 480), (1366, 768), (1440, 900), (1920, 1080)];
LayerShape[] layers =
[
    new(1, 2, 1080, 1920), new(64, 64, 112, 112), new(128, 128, 56, 56), new(256, 256, 28, 28), new(512, 512, 14, 14),
    new(3, 64, 224, 224) { Kernel = 7, Stride = 2 }, new(64, 128, 56, 56) { Stride = 2 }, new(256, 512, 14, 14) { Stride = 2 },
    new(64, 256, 56, 56) { Kernel = 1 }, new(256, 64, 56, 56) { Kernel = 1 }, new(128, 256, 28, 28) { Kernel = 1, Stride = 2 },
    new(64, 64, 112, 112) { IsDepthwise = true }, new(256, 256, 28, 28) { IsDepthwise = true },
];
var report = new Report(args.Contains("--json"));
bool hasPeers = args[0] == "peers";
PixelPeers? peers = hasPeers ? new PixelPeers() : null;
var oneDnn = new NativePeer("onednn", "libdnnl-dev", "-fopenmp", "-ldnnl");
bool hasOneDnn = hasPeers && PixelPeers.Has(oneDnn);
try
{
    foreach (int threads in (int[])[1, 2])
    {
        using var workers = new WorkerPool(threads);
        foreach (string race in races.Where(r => !args.Any(races.Contains) || args.Contains(r)))
        {
            Start(race, workers);
        }
    }
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

report.End([
    .. peers?.Versions ?? [], .. hasOneDnn ? [TensorRace.PeerVersion(oneDnn)] : (string[])[],
    .. hasPeers ? [NetworkRace.PeerVersion] : (string[])[]]);
return 0;

void Start(string race, WorkerPool workers)
{
    switch (race)
    {
        case "pairs":
            foreach ((int Width, int Height) size in sizes)
            {
                RacePairs(workers, size);
            }

            break;
        case "readers":
            foreach ((int Width, int Height) size in sizes)
            {
                using var readers = new ReaderRace(size.Width, size.Height);
                report.Add(
                    race, "every 16 ms", size, workers.Threads,
                    Race.RunAtCadence(readers.Sets, Field.Limits(workers), [.. readers.Contenders(workers)]));
            }

            break;
        case "shapes":
            foreach ((int Width, int Height) size in shapes)
            {
                foreach (Layout layout in Enum.GetValues<Layout>())
                {
                    RaceShapes(workers, size, layout);
                }
            }

            break;
        case "large":
            RaceKernels("large", workers, (1920, 1080), [.. Field.Large(workers, peers)]);
            break;
        case "separable":
            RaceKernels("separable", workers, (1920, 1080), [.. Field.Separable(workers, peers)]);
            break;
        case "scaled":
            RaceKernels("scaled", workers, (1920, 1080), [.. Field.Scaled(workers, peers)]);
            break;
        case "fractions":
            foreach ((int Width, int Height) size in sizes.Where(size => size.Height <= 1080))
            {
                RaceKernels("fractions", workers, size, [.. Field.Fractions(workers, peers)]);
            }

            break;
        case "tensors":
            foreach (LayerShape shape in layers)
            {
                RaceLayer(shape, workers);
            }

            break;
        case "networks":
            RaceNetwork(workers);

            break;
        case "temporal":
            using (var temporal = new TemporalRace(1280, 720, workers))
            {
                report.Add("temporal", "hot", (1280, 720), workers.Threads, Race.Run(TensorRace.Sets, [temporal.Limit], [temporal.Ours]));
            }

            break;
        default:
            Contender<int>[] dispatchers = [DispatchRace.Shared(workers), DispatchRace.Parallel(workers)];
            report.Add("dispatch", "back to back", (0, 0), workers.Threads, Race.Run(TensorRace.Sets, [DispatchRace.Alone], dispatchers));
            report.Add(
                "dispatch", "every 16 ms", (0, 0), workers.Threads, Race.RunAtCadence(TensorRace.Sets, [DispatchRace.Alone], dispatchers));
            break;
    }
}

void RacePairs(WorkerPool workers, (int Width, int Height) size)
{
    Contender<Frames.Set>[] limits = Field.Limits(workers);
    Contender<Frames.Set>[] ours =
        [.. Field.Edges(workers, stream: false), .. Field.Edges(workers, stream: true), Field.Unset(workers)];
    Contender<Frames.Set>[] all = [.. ours, .. peers?.Edges(workers) ?? []];
    using var hot = new Frames(size.Width, size.Height, cold: false);
    CheckAgreement(hot, all);
    List<Race.Result> results = Race.Run(hot.Sets, limits, all);
    if (hasPeers && FFmpegPeer.Measure(size.Width, size.Height, workers.Threads) is { } ms)
    {
        double ratio = ms / results.Take(limits.Length).Min(limit => limit.Ms);
        results.Add(new("FFmpeg sobel, one map, a process", ms, ratio, ratio));
    }

    report.Add("pairs", "hot", size, workers.Threads, results);
    using var cold = new Frames(size.Width, size.Height, cold: true);
    report.Add("pairs", "cold", size, workers.Threads, Race.Run(cold.Sets, limits, all));
    report.Add("pairs", "every 16 ms", size, workers.Threads, Race.RunAtCadence(cold.Sets, limits, ours));
}

void RaceShapes(WorkerPool workers, (int Width, int Height) size, Layout layout)
{
    Contender<Frames.Set>[] ours = [.. Field.Shapes(workers)];
    foreach (bool isCold in (bool[])[false, true])
    {
        using var frames = new Frames(size.Width, size.Height, isCold, layout);
        using var planes = new Frames(size.Width, size.Height, cold: false);
        if (Field.Difference(frames.Sets[0], planes.Sets[0], ours) is { } difference)
        {
            throw new InvalidOperationException(difference);
        }

        report.Add(
            $"shapes, {layout}", isCold ? "cold" : "hot", size, workers.Threads, Race.Run(frames.Sets, Field.Limits(workers), ours));
    }
}

void RaceKernels(string race, WorkerPool workers, (int Width, int Height) size, Contender<Frames.Set>[] contenders)
{
    using var hot = new Frames(size.Width, size.Height, cold: false);
    CheckAgreement(hot, contenders);
    report.Add(race, "hot", size, workers.Threads, Race.Run(hot.Sets, Field.Limits(workers), contenders));
}

void RaceLayer(LayerShape shape, WorkerPool workers)
{
    var race = new TensorRace(shape, workers);
    Contender<int>[] all = [.. race.Ours, .. hasOneDnn ? race.Peers(oneDnn) : []];
    foreach (Contender<int> contender in all)
    {
        Check(contender);
    }

    report.Add(shape.Name, "hot", (shape.Width, shape.Height), workers.Threads, Race.Run(TensorRace.Sets, [race.Limit], all));
}

void RaceNetwork(WorkerPool workers)
{
    int threads = workers.Threads;
    using var race = new NetworkRace(workers, spins: true);
    Check(race.Ours);
    report.Add("ResNet-18", "in turn", (224, 224), threads, Race.Run(TensorRace.Sets, [race.Peer], [race.Ours]));

    // Threads of ONNX Runtime look for work long after a run has ended, on the processor that ours want then.
    report.Add(
        "ResNet-18", "in turn, each after a pause", (224, 224), threads,
        Race.Run(TensorRace.Sets, [race.Peer], [race.Ours], TimeSpan.FromMilliseconds(200)));
    using var calm = new NetworkRace(workers, spins: false);
    report.Add("ResNet-18", "in turn, without its spinning", (224, 224), threads, Race.Run(TensorRace.Sets, [calm.Peer], [calm.Ours]));
}

static void Check(Contender<int> contender)
{
    contender.Run(0);
    if (contender.Error?.Invoke() is { } error && !(error <= 1e-3))
    {
        throw new InvalidOperationException($"{contender.Name} is {error:E1} from the others");
    }
}

static void CheckAgreement(Frames frames, Contender<Frames.Set>[] contenders)
{
    if (Field.Disagreement(frames.Sets[0], contenders) is { } disagreement)
    {
        throw new InvalidOperationException(disagreement);
    }
}

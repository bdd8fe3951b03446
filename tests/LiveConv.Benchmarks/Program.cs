using System.Globalization;
using System.Text.Json;
using LiveConv.Benchmarks;
using LiveConv.Convolution;

if (args.Length == 0 || args[0] is not ("ours" or "peers") || args.Skip(1).Any(a => a is not ("--json" or "--quick")))
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/LiveConv.Benchmarks -- ours|peers [--json] [--quick]");
    return 2;
}

bool json = args.Contains("--json");
(int Width, int Height)[] sizes = args.Contains("--quick") ? [(1920, 1080)] : [(640, 480), (1280, 720), (1920, 1080), (3840, 2160)];
OpenCvPeer? peer = null;
try
{
    peer = args[0] == "peers" ? OpenCvPeer.Load() : null;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

var all = new List<object>();
foreach (int threads in (int[])[1, 2])
{
    using var workers = new WorkerPool(threads);
    peer?.SetThreads(threads);
    foreach ((int width, int height) in sizes)
    {
        using var hot = new Frames(width, height, cold: false);
        Contender[] edges = Field.Edges(workers, peer);
        Contender[] large = width == 1920 && threads == 1 ? Field.Large(workers, peer) : [];
        if (Field.Disagreement(hot[0], [.. edges, .. large]) is { } disagreement)
        {
            Console.Error.WriteLine($"{width}x{height}: {disagreement}");
            return 1;
        }

        Show("hot", Race.Run(hot, Field.Limits(workers), [.. edges, .. large]), width, height, threads);
        using var cold = new Frames(width, height, cold: true);
        Show("cold", Race.Run(cold, Field.Limits(workers), edges), width, height, threads);
        Contender[] live = [.. Field.Ours(workers, stream: false), .. Field.Ours(workers, stream: true), .. Field.ReadAtOnce(workers, new byte[2 * width * height])];
        Show("every 16 ms", Race.RunAtCadence(cold, Field.Limits(workers), live), width, height, threads);
    }
}

if (json)
{
    Console.WriteLine(JsonSerializer.Serialize(all));
}

return 0;

void Show(string mode, List<Race.Result> results, int width, int height, int threads)
{
    if (json)
    {
        all.AddRange(results.Select(r => new { mode, width, height, threads, name = r.Name, ms = r.Ms, ratio = r.Ratio, best = r.BestRatio }));
        return;
    }

    Console.WriteLine($"\n{width}x{height}, {mode}, {threads} thread{(threads > 1 ? "s" : "")}           ms    x limit   best round");
    foreach (Race.Result result in results)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {result.Name,-32} {result.Ms,9:F4} {result.Ratio,9:F2} {result.BestRatio,9:F2}"));
    }
}

using System.Diagnostics;
using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.App;

/// <summary>How long a network and its layers take.</summary>
/// <param name="Run">A run: the median.</param>
/// <param name="Layers">Each layer: the median; that of the first is the image's copying.</param>
/// <param name="Runs">Runs that were measured.</param>
/// <param name="Threads">Threads.</param>
internal sealed record NetworkTimes(TimeSpan Run, IReadOnlyList<TimeSpan> Layers, int Runs, int Threads)
{
    private const int WarmUps = 3;
    private const int MinRuns = 5;
    private const int MaxRuns = 50;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    /// <summary>Measures runs over a grey image, for about a second or at least five runs.</summary>
    public static NetworkTimes Measure(Network network, WorkerPool workers)
    {
        try
        {
            NetworkRunner runner = network.Plan();
            float[] image = new float[network.Layers[0].Length];
            Array.Fill(image, 0.5f);
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < WarmUps && (i == 0 || Stopwatch.GetElapsedTime(began) < Enough); i++)
            {
                runner.Run(image, workers);
            }

            var runs = new List<TimeSpan[]>();
            began = Stopwatch.GetTimestamp();
            while (runs.Count < MinRuns || (runs.Count < MaxRuns && Stopwatch.GetElapsedTime(began) < Enough))
            {
                runner.Run(image, workers);
                runs.Add([.. network.Layers.Select(layer => runner.TimeOf(layer.Index))]);
            }

            return new(
                Median(runs.Select(run => TimeSpan.FromTicks(run.Sum(time => time.Ticks)))),
                [.. network.Layers.Select(layer => Median(runs.Select(run => run[layer.Index])))], runs.Count, workers.Threads);
        }
        catch (NetworkException e)
        {
            throw new LiveConvException(e.Message, e);
        }
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}

using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// One kernel being learned from the live image, slowly enough to be watched: a few images are taken, with what the preset
/// makes of them, and from a kernel of zeros the error is descended step by step.
/// </summary>
/// <param name="images">Where the images are.</param>
/// <param name="context">The run: the clock that the steps follow, and where they are computed.</param>
/// <param name="report">Called on any thread with each step.</param>
internal sealed class Lesson(LatestImage images, PageContext context, Action<LessonMessage> report)
{
    private const int Images = 3;
    private const double MaxProducts = 4e6;
    private static readonly TimeSpan StepPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>Learns, until there is nothing left to learn, it is refused, or it is stopped.</summary>
    /// <param name="request">What is learned.</param>
    /// <param name="stop">Ends it; nothing is reported any more.</param>
    /// <returns>When it has ended; never faults for a stop.</returns>
    public async Task RunAsync(LessonRequest request, CancellationToken stop)
    {
        try
        {
            await LearnAsync(request, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (LiveConvException e)
        {
            report(LessonMessage.Refuse(request, e.Message));
        }
    }

    private static float[][] Rows(double[] kernel, int width) =>
        [.. kernel.Select(weight => (float)(Math.Round(weight, 4) + 0.0)).Chunk(width)];

    private async Task LearnAsync(LessonRequest request, CancellationToken stop)
    {
        var problem = new LeastSquares(request.Height, request.Width);
        Kernel wanted = await TakeImagesAsync(problem, request, stop).ConfigureAwait(false);
        if (problem.Examples == 0)
        {
            throw new LiveConvException($"the image is smaller than {request.Width}x{request.Height}");
        }

        int undetermined = await ComputeAsync(problem.RankDeficiency).ConfigureAwait(false);
        if (undetermined > 0)
        {
            throw new LiveConvException(
                $"the problem is singular: the image leaves {undetermined} of {problem.Weights} weights undetermined (too flat or too "
                + "regular); use a richer image or a smaller kernel");
        }

        double[] target = [.. wanted.Weights.ToArray().Select(weight => (double)weight)];
        var losses = new List<double>();
        LessonMessage? last = null;
        using IEnumerator<DescentStep> steps = Descent.Run(problem).GetEnumerator();
        while (await ComputeAsync(() => TryStep(steps)).ConfigureAwait(false))
        {
            await Task.Delay(StepPeriod, context.Time, stop).ConfigureAwait(false);
        }

        report(last! with { Done = true });

        bool TryStep(IEnumerator<DescentStep> descent)
        {
            if (!descent.MoveNext())
            {
                return false;
            }

            DescentStep step = descent.Current;
            losses.Add(step.Loss);
            last = new LessonMessage(
                request.Map, [.. losses], Rows(step.Kernel, request.Width), Rows(target, wanted.Width), Done: false, Refused: null);
            report(last);
            return true;
        }
    }

    private Task<T> ComputeAsync<T>(Func<T> compute)
    {
        var computed = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RunInBackground(() =>
        {
            try
            {
                computed.SetResult(compute());
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where it is waited for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                computed.SetException(e);
            }
        });
        return computed.Task;
    }

    // What the kernel is learned from stays the preset of the first image, as the images go on and presets are changed.
    private async Task<Kernel> TakeImagesAsync(LeastSquares problem, LessonRequest request, CancellationToken stop)
    {
        ExampleImages? examples = null;
        using var workers = new WorkerPool(1);
        for (int n = 0; n < Images; n++)
        {
            stop.ThrowIfCancellationRequested();
            examples = await ComputeAsync(() => TakeImage(problem, request, examples, workers)).ConfigureAwait(false);
            await Task.Delay(StepPeriod, context.Time, stop).ConfigureAwait(false);
        }

        return examples!.Kernel;
    }

    private ExampleImages TakeImage(LeastSquares problem, LessonRequest request, ExampleImages? examples, WorkerPool workers)
    {
        using Plane<byte> image = images.Read((maps, _) => Copy(maps, request, ref examples))
            ?? throw new LiveConvException("there is no image yet");
        examples!.Add(problem, image, workers, MaxProducts);
        return examples;
    }

    private static Plane<byte> Copy(EdgeMaps maps, LessonRequest request, ref ExampleImages? examples)
    {
        examples ??= new ExampleImages(maps.Preset.RequireBank("learn from"), request.Map);
        Plane<byte> luma = maps.Frame.Luma;
        var copy = new Plane<byte>(luma.Width, luma.Height);
        copy.CopyFrom(luma);
        return copy;
    }
}

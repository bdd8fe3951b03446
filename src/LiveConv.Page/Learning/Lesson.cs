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
    private const int Digits = 3;
    private const string NoImage = "There is no image yet.";
    private const int MaxDecimals = 12;

    // Right to three digits.
    private const double Near = 5e-4;
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

    // What is right to three digits of the largest weight is written with these.
    private static float[][] Rows(double[] kernel, int width)
    {
        double largest = kernel.Max(Math.Abs);
        int digits = largest > 0 ? Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(largest)), 0, MaxDecimals) : 0;
        return [.. kernel.Select(weight => (float)(Math.Round(weight, digits) + 0.0)).Chunk(width)];
    }

    private async Task LearnAsync(LessonRequest request, CancellationToken stop)
    {
        var problem = new LeastSquares(request.Height, request.Width);
        LessonExamples examples = await TakeImagesAsync(problem, request, stop).ConfigureAwait(false);
        if (problem.Examples == 0)
        {
            throw new LiveConvException($"This image is smaller than {request.Width}x{request.Height}.");
        }

        int open = await ComputeAsync(problem.RankDeficiency).ConfigureAwait(false);
        if (open > 0)
        {
            throw new LiveConvException(
                $"This image is too flat to learn from: {open} of {problem.Weights} weights could be anything. "
                + "Point the camera at something with detail, or choose a smaller kernel.");
        }

        using Plane<byte> small = images.Read((maps, _) => SmallImage.Of(maps.Frame.Luma, SmallMap.MaxSide))
            ?? throw new LiveConvException(NoImage);
        SmallMap target = examples.MapOf(examples.Kernel, small);
        var losses = new List<double>();
        LessonMessage? last = null;
        using IEnumerator<DescentStep> steps = Descent.Run(problem, near: Near).GetEnumerator();
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

            losses.Add(descent.Current.Loss);
            last = Report(request, examples, descent.Current, losses, examples.MapOf(KernelOf(descent.Current, request), small), target);
            report(last);
            return true;
        }
    }

    private static Kernel KernelOf(DescentStep step, LessonRequest request) =>
        new([.. step.Kernel.Select(weight => (float)weight)], request.Width, request.Height);

    private static LessonMessage Report(
        LessonRequest request, LessonExamples examples, DescentStep step, List<double> losses, SmallMap predicted, SmallMap target)
    {
        double unexplained = losses[0] > 0 ? Math.Sqrt(step.Loss / losses[0]) : 0;
        double[] wanted = [.. examples.Kernel.Weights.ToArray().Select(weight => (double)weight)];
        return new LessonMessage(
            request.Map,
            [.. losses],
            Rows(step.Kernel, request.Width),
            Rows(wanted, examples.Kernel.Width),
            unexplained,
            step.IsMinimum && unexplained <= Near,
            examples.Needs(),
            LessonRequest.MaxSide,
            predicted,
            target,
            Done: false,
            Refused: null);
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
    private async Task<LessonExamples> TakeImagesAsync(LeastSquares problem, LessonRequest request, CancellationToken stop)
    {
        LessonExamples? examples = null;
        using var workers = new WorkerPool(1);
        for (int n = 0; n < Images; n++)
        {
            stop.ThrowIfCancellationRequested();
            await ComputeAsync(TakeImage).ConfigureAwait(false);
            await Task.Delay(StepPeriod, context.Time, stop).ConfigureAwait(false);
        }

        return examples!;

        bool TakeImage()
        {
            using Plane<byte> image = images.Read((maps, _) => Copy(maps, request, ref examples))
                ?? throw new LiveConvException(NoImage);
            examples!.Add(problem, image, workers, MaxProducts);
            return true;
        }
    }

    private static Plane<byte> Copy(EdgeMaps maps, LessonRequest request, ref LessonExamples? examples)
    {
        examples ??= LessonExamples.Of(maps.Preset, request.Map);
        Plane<byte> luma = maps.Frame.Luma;
        var copy = new Plane<byte>(luma.Width, luma.Height);
        copy.CopyFrom(luma);
        return copy;
    }
}

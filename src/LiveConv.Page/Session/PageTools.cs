namespace LiveConv.Page;

/// <summary>The tools of one page that look at the newest image: X-ray and lesson.</summary>
/// <param name="images">Where the images are.</param>
/// <param name="explainer">Shared by all pages.</param>
/// <param name="context">The run.</param>
internal sealed class PageTools(LatestImage images, PixelExplainer explainer, PageContext context)
{
    private Action? endLesson;

    /// <summary>Explains a pixel of the newest maps.</summary>
    public ExplainedMessage Explain(PixelQuestion question) =>
        images.Read((maps, number) => explainer.Explain(maps, number, question)) ?? new ExplainedMessage(null, "there is no image yet");

    /// <summary>Learns a kernel from the live image, step by step; ends the lesson before it. One call at a time.</summary>
    /// <param name="request">What is learned, or null for nothing more.</param>
    /// <param name="report">Called on any thread with each step, not after the lesson's end.</param>
    public void Learn(LessonRequest? request, Action<LessonMessage> report)
    {
        endLesson?.Invoke();
        endLesson = null;
        if (request is null)
        {
            return;
        }

        var source = new CancellationTokenSource();
        endLesson = source.Cancel;
        CancellationToken stop = source.Token;
        _ = new Lesson(images, context, Report).RunAsync(request, stop);

        void Report(LessonMessage step)
        {
            if (!stop.IsCancellationRequested)
            {
                report(step);
            }
        }
    }
}

using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// What one page asked for that takes more than a moment: the newest of each kind, of which one at a time waits its turn among those of all
/// pages. Thread-safe.
/// </summary>
/// <param name="runInBackground">Runs one after the other.</param>
/// <param name="answer">Receives what each returns, on the thread that it ran on.</param>
internal sealed class HeavyRequests(Action<Action> runInBackground, Action<OutboundMessage> answer) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<(InboundKind Kind, Func<OutboundMessage> Work)> waiting = [];
    private bool isScheduled;
    private bool isClosed;

    /// <summary>Puts a request in the place of an older one of its kind.</summary>
    public void Put(InboundKind kind, Func<OutboundMessage> work)
    {
        lock (gate)
        {
            int older = waiting.FindIndex(request => request.Kind == kind);
            if (isClosed || older >= 0)
            {
                if (older >= 0)
                {
                    waiting[older] = (kind, work);
                }

                return;
            }

            waiting.Add((kind, work));
            if (isScheduled)
            {
                return;
            }

            isScheduled = true;
        }

        runInBackground(RunOne);
    }

    /// <summary>Forgets what waits.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            waiting.Clear();
        }
    }

    // An answer may turn out to be none when it is written.
    private void Run(Func<OutboundMessage> work)
    {
        try
        {
            answer(work());
        }
#pragma warning disable CA1031 // Whatever a page asked for, it ends no thread that works for all pages.
        catch (Exception e)
#pragma warning restore CA1031
        {
            answer(new NoticeMessage($"this cannot be answered: {TextLine.Of(e.Message)}", Problem: true));
        }
    }

    // One, then all other pages have their turn.
    private void RunOne()
    {
        Func<OutboundMessage>? work = null;
        lock (gate)
        {
            if (waiting.Count > 0)
            {
                work = waiting[0].Work;
                waiting.RemoveAt(0);
            }
        }

        if (work is not null)
        {
            Run(work);
        }

        lock (gate)
        {
            isScheduled = waiting.Count > 0;
            if (!isScheduled)
            {
                return;
            }
        }

        runInBackground(RunOne);
    }
}

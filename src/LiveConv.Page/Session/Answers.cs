namespace LiveConv.Page;

/// <summary>Answers that wait to be sent: the newest of each kind, in the order in which the kinds came. Thread-safe.</summary>
internal sealed class Answers
{
    private readonly Lock gate = new();
    private readonly List<OutboundMessage> waiting = [];

    /// <summary>Puts an answer in the place of an older one of its kind.</summary>
    public void Put(OutboundMessage answer)
    {
        lock (gate)
        {
            int older = waiting.FindIndex(other => other.GetType() == answer.GetType());
            if (older < 0)
            {
                waiting.Add(answer);
            }
            else
            {
                waiting[older] = answer;
            }
        }
    }

    /// <summary>Takes the answer that is to be sent next, or null.</summary>
    public OutboundMessage? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                return null;
            }

            OutboundMessage first = waiting[0];
            waiting.RemoveAt(0);
            return first;
        }
    }
}

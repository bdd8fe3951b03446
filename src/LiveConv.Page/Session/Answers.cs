namespace LiveConv.Page;

/// <summary>
/// Answers that wait to be sent: the newest of each kind, in the order in which the kinds came. Thread-safe; an answer is written on the
/// thread that made it, which is where work that takes long belongs.
/// </summary>
internal sealed class Answers
{
    private readonly Lock gate = new();
    private readonly List<(Type Kind, byte[] Utf8)> waiting = [];

    /// <summary>Puts an answer in the place of an older one of its kind.</summary>
    public void Put(OutboundMessage answer)
    {
        var writer = new MessageWriter();
        (Type Kind, byte[] Utf8) written = (answer.GetType(), writer.Write(answer).ToArray());
        lock (gate)
        {
            int older = waiting.FindIndex(other => other.Kind == written.Kind);
            if (older < 0)
            {
                waiting.Add(written);
            }
            else
            {
                waiting[older] = written;
            }
        }
    }

    /// <summary>Takes the answer that is to be sent next, as UTF-8, or null.</summary>
    public byte[]? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                return null;
            }

            byte[] first = waiting[0].Utf8;
            waiting.RemoveAt(0);
            return first;
        }
    }
}

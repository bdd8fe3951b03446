using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>
/// The rates of pages that left: the same visitor's next page goes on with them, so coming again brings no new ones. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class LeftRates(TimeProvider time)
{
    private const int Max = 1000;
    private readonly Lock gate = new();
    private readonly LinkedList<(Visitor Visitor, PageRates Rates)> left = [];

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return left.Count;
            }
        }
    }

    /// <summary>A page comes: those of one of the same visitor that left, or new ones.</summary>
    public PageRates Take(Visitor visitor)
    {
        lock (gate)
        {
            for (LinkedListNode<(Visitor Visitor, PageRates Rates)>? node = left.First; node is not null; node = node.Next)
            {
                if (node.Value.Visitor == visitor)
                {
                    left.Remove(node);
                    return node.Value.Rates;
                }
            }
        }

        return new PageRates(time);
    }

    /// <summary>A page has left.</summary>
    public void Leave(Visitor visitor, PageRates rates)
    {
        lock (gate)
        {
            for (LinkedListNode<(Visitor Visitor, PageRates Rates)>? node = left.First; node is not null;)
            {
                LinkedListNode<(Visitor Visitor, PageRates Rates)>? next = node.Next;
                if (node.Value.Rates.IsFull)
                {
                    left.Remove(node);
                }

                node = next;
            }

            left.AddLast((visitor, rates));
            if (left.Count > Max)
            {
                left.RemoveFirst();
            }
        }
    }
}

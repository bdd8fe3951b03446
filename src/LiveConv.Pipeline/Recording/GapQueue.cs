namespace LiveConv.Pipeline;

/// <summary>
/// What is missing between the entries of a queue, on its way beside it. Most entries have nothing, and steady work allocates nothing.
/// One thread adds and posts, one takes.
/// </summary>
internal sealed class GapQueue
{
    private readonly Lock gate = new();
    private readonly Queue<Note> notes = new();
    private Note? newest;
    private long posted;
    private long taken = -1;

    /// <summary>Frames of a recording are missing before the next entry.</summary>
    public void Add(int recording, FrameGap frames)
    {
        if (newest is { } same && same.Recording == recording && same.Frames.Cause == frames.Cause)
        {
            newest = same with { Frames = same.Frames with { Count = same.Frames.Count + frames.Count, Last = frames.Last } };
            return;
        }

        Close();
        newest = new Note(posted, recording, frames);
    }

    /// <summary>The next entry is about to be posted.</summary>
    public void Post()
    {
        Close();
        posted++;
    }

    /// <summary>The next entry was taken.</summary>
    public void Take() => taken++;

    /// <summary>Takes what is missing before the entry that was taken last, one after the other.</summary>
    public bool TryTake(out int recording, out FrameGap frames)
    {
        lock (gate)
        {
            bool isThere = notes.TryPeek(out Note note) && note.Before <= taken;
            (recording, frames) = isThere ? (note.Recording, note.Frames) : default;
            if (isThere)
            {
                notes.Dequeue();
            }

            return isThere;
        }
    }

    private void Close()
    {
        if (newest is { } note)
        {
            newest = null;
            lock (gate)
            {
                notes.Enqueue(note);
            }
        }
    }

    private readonly record struct Note(long Before, int Recording, FrameGap Frames);
}

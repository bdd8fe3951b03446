namespace LiveConv.Page;

/// <summary>
/// The image that one page holds, or none. Thread-safe: who looks at it has it to himself, and it is released when nobody looks.
/// </summary>
/// <param name="budget">What held images may take.</param>
/// <param name="role">Whose page it is.</param>
internal sealed class HeldSlot(HoldBudget budget, PageRole role) : IDisposable
{
    private readonly Lock gate = new();
    private HeldImage? held;
    private long bytes;
    private bool isClosed;
    private volatile ViewedImage? image;

    /// <summary>The held image, to compare with; read its planes within <see cref="Read"/> only.</summary>
    public ViewedImage? Image => image;

    /// <summary>Holds a copy of an image in place of the one before.</summary>
    /// <param name="newer">The image; borrowed for the length of the call.</param>
    /// <returns>Why not, or null.</returns>
    public string? Put(ViewedImage newer)
    {
        lock (gate)
        {
            Clear();
            long needed = HeldImage.BytesFor(newer);
            if (isClosed || !budget.TryTake(role, needed))
            {
                return "too many pages hold an image: let one go";
            }

            bytes = needed;
            held = new HeldImage(newer);
            image = held.Image;
            return null;
        }
    }

    /// <summary>Holds a copy of what another page holds, in place of the image before.</summary>
    /// <param name="other">That page's slot.</param>
    /// <returns>Why not, or null; null too when the other one holds none, and this one neither then.</returns>
    public string? Put(HeldSlot other)
    {
        if (other == this)
        {
            return null;
        }

        // The other page's image is copied before this slot is locked, so that two pages can hold each other's.
        using var copy = new HeldSlot(budget, role);
        Clear();
        string? refusal = other.Read(copy.Put);
        lock (gate)
        {
            if (!isClosed)
            {
                Clear();
                (held, bytes, image) = (copy.held, copy.bytes, copy.image);
                (copy.held, copy.bytes, copy.image) = (null, 0, null);
            }
        }

        return refusal;
    }

    /// <summary>Looks at the held image.</summary>
    /// <param name="read">Gets the image for the length of the call.</param>
    /// <returns>What it returned, or the default when none is held.</returns>
    public T? Read<T>(Func<ViewedImage, T> read)
    {
        lock (gate)
        {
            return held is null ? default : read(held.Image);
        }
    }

    /// <summary>Releases the image.</summary>
    public void Clear()
    {
        lock (gate)
        {
            held?.Dispose();
            budget.Return(role, bytes);
            (held, image, bytes) = (null, null, 0);
        }
    }

    /// <summary>Releases the image; none is held any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Clear();
        }
    }
}

/// <summary>What the images that guests hold may take together; a presenter's are few, and not counted. Thread-safe.</summary>
internal sealed class HoldBudget
{
    private const long MaxBytes = 256L << 20;
    private long taken;

    /// <summary>Takes memory for an image.</summary>
    /// <returns>False when guests hold too much.</returns>
    public bool TryTake(PageRole role, long bytes)
    {
        if (role == PageRole.Presenter || Interlocked.Add(ref taken, bytes) <= MaxBytes)
        {
            return true;
        }

        Interlocked.Add(ref taken, -bytes);
        return false;
    }

    /// <summary>Gives it back.</summary>
    public void Return(PageRole role, long bytes)
    {
        if (role != PageRole.Presenter)
        {
            Interlocked.Add(ref taken, -bytes);
        }
    }
}

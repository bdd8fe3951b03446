using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>The images of one page: which planes, in which format, and how many are on their way. Thread-safe.</summary>
/// <param name="images">The slot that images come from.</param>
/// <param name="held">The image that the page holds: sent once, and nothing newer.</param>
/// <param name="drawn">Where drawn images are counted.</param>
/// <param name="choice">How images travel to this page.</param>
/// <param name="role">Whose page it is: presenters are few, and get planes as large as they draw them; guests share them.</param>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class ImageStream(
    LatestImage images, HeldSlot held, DrawnImages drawn, FormatChoice choice, PageRole role, TimeProvider time)
{
    // Longer than any page needs, and than people wait for one of the places.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(1);
    private readonly InFlight inFlight = new();
    private long acknowledged = time.GetTimestamp();
    private readonly ScreenFigures figures = new(time);
    private volatile IReadOnlyList<ShownPlane> shown = ShownPlane.Maps;
    private uint last;
    private bool isWantedAgain;
    private ViewedImage? lastHeld;

    /// <summary>
    /// Whether images came for a minute after the last one that the page acknowledged; while it holds one, whether it did not acknowledge
    /// that, or one before it, for a minute.
    /// </summary>
    public bool IsStale => held.Image is null
        ? images.Newest is > 0 and var newest && time.GetElapsedTime(Interlocked.Read(ref acknowledged), newest) >= MaxSilence
        : inFlight.Oldest is { } sent && time.GetElapsedTime(sent) >= MaxSilence;

    /// <summary>What this page draws.</summary>
    public ScreenFigures Figures => figures;

    /// <summary>What the page shows from now on; the newest image is sent again as it shows it.</summary>
    public void Show(IReadOnlyList<ShownPlane> planes)
    {
        shown = planes;
        Volatile.Write(ref isWantedAgain, true);
    }

    /// <summary>The page holds an image or lets one go: the next one is sent whatever it had before.</summary>
    public void SendAgain() => Volatile.Write(ref isWantedAgain, true);

    /// <summary>The next image to send, counted as being on its way. One thread at a time.</summary>
    /// <returns>A message with a lease for the caller, or null when there is none or two are on their way.</returns>
    /// <exception cref="LiveConvException">The encoder failed.</exception>
    /// <exception cref="OverflowException">The image is too large for the protocol.</exception>
    public ImageMessage? Next()
    {
        if (!inFlight.HasRoom)
        {
            return null;
        }

        bool isNew = Interlocked.Exchange(ref isWantedAgain, false);
        long started = time.GetTimestamp();
        ImageMessage? next = held.Image is { } one
            ? TakeHeld(one, isNew)
            : images.TakeAfter(isNew ? 0 : last, shown, role == PageRole.Presenter, choice);
        if (next is not { } image)
        {
            return null;
        }

        last = image.Number;
        inFlight.Add(new SentImage(image.Number, image.CaptureTimestamp, started, image.Pixels, image.IsJpeg));
        return image;
    }

    private ImageMessage? TakeHeld(ViewedImage image, bool isNew)
    {
        // A page that is sent nothing has nothing to acknowledge.
        Interlocked.Exchange(ref acknowledged, time.GetTimestamp());
        if ((!isNew && ReferenceEquals(image, lastHeld)) || shown.Count == 0)
        {
            return null;
        }

        lastHeld = image;
        return held.Read(now => images.WriteHeld(now, shown));
    }

    /// <summary>The page has drawn an image.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="wasHeldBack">It was held back while nobody saw the page.</param>
    /// <returns>Its age, or null when it has none.</returns>
    /// <exception cref="FormatException">No such image is on its way.</exception>
    public DrawnAge? Acknowledge(uint number, bool wasHeldBack)
    {
        if (!inFlight.TryAcknowledge(number, out SentImage image))
        {
            throw new FormatException($"image {number} is not in flight");
        }

        Interlocked.Exchange(ref acknowledged, time.GetTimestamp());

        // Time in which nobody saw the page says nothing about how quickly images come to it.
        DrawnAge? age = drawn.Add(number, wasHeldBack ? null : image.CaptureTimestamp);
        figures.Add(age?.Age);
        if (!wasHeldBack)
        {
            choice.Carried(image.Pixels, image.IsJpeg, time.GetElapsedTime(image.Started));
        }

        return age;
    }
}

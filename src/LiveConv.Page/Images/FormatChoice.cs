using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>
/// Chooses how images travel to one page. Raw ones cost no work but many bytes, JPEG files the other way round: which of them
/// arrives sooner depends on the machine and on what lies between it and the page, so it is measured. Thread-safe.
/// </summary>
/// <remarks>
/// Images go raw until that proves slow. Then the other format is tried for a few images, and kept when it is quicker; what
/// did not prove itself is tried again after ever longer waits.
/// </remarks>
/// <param name="format">What was chosen for all pages.</param>
/// <param name="hasJpeg">Whether there is an encoder.</param>
/// <param name="time">The clock.</param>
internal sealed class FormatChoice(PageFormat format, bool hasJpeg, TimeProvider time)
{
    /// <summary>Images of at most this many pixels have so few bytes that they always go raw.</summary>
    public const int AlwaysRaw = 320 * 240;

    /// <summary>Images of more pixels have so many bytes that they always go as JPEG.</summary>
    public const int MaxRaw = 1280 * 720;

    /// <summary>Images after which a format is judged; fewer when they are very slow.</summary>
    public const int Judged = 8;

    // JPEG files have a tenth of the bytes. Where they travel slowly, that saves more than half of the time; where it does not, what is
    // measured is how busy the page's machine is, by chance, and of equal pages one would be slower than the others.
    private const double Gain = 0.5;
    private static readonly TimeSpan QuickEnough = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private readonly Lock gate = new();
    private readonly TimeSpan[] times = new TimeSpan[Judged];
    private readonly long started = time.GetTimestamp();
    private int count;
    private TimeSpan sum;
    private bool isJpeg;
    private TimeSpan? before;
    private TimeSpan wait = FirstWait;
    private TimeSpan nextTrial = Start;

    /// <summary>Whether the next image goes as JPEG.</summary>
    /// <param name="pixels">Pixels of a plane.</param>
    public bool IsJpeg(long pixels)
    {
        if (!IsMeasured(pixels))
        {
            return format == PageFormat.Jpeg || (format == PageFormat.Auto && hasJpeg && pixels > MaxRaw);
        }

        lock (gate)
        {
            return isJpeg;
        }
    }

    /// <summary>An image was written, carried, decoded and drawn.</summary>
    /// <param name="pixels">Pixels of a plane.</param>
    /// <param name="wasJpeg">How it travelled.</param>
    /// <param name="took">How long all that took.</param>
    public void Carried(long pixels, bool wasJpeg, TimeSpan took)
    {
        lock (gate)
        {
            // What was on its way when the format changed says nothing about the new one.
            if (IsMeasured(pixels) && wasJpeg == isJpeg)
            {
                Judge(took);
            }
        }
    }

    private bool IsMeasured(long pixels) => format == PageFormat.Auto && hasJpeg && pixels is > AlwaysRaw and <= MaxRaw;

    private void Judge(TimeSpan took)
    {
        times[count++] = took;
        sum += took;
        if (count < Judged && sum < LongEnough)
        {
            return;
        }

        Array.Sort(times, 0, count);
        TimeSpan median = times[count / 2];
        count = 0;
        sum = TimeSpan.Zero;
        if (before is { } other)
        {
            EndTrial(median, other);
        }
        else if (time.GetElapsedTime(started) >= nextTrial && (isJpeg || median > QuickEnough))
        {
            before = median;
            isJpeg = !isJpeg;
        }
    }

    private void EndTrial(TimeSpan now, TimeSpan other)
    {
        // Raw images are exact and cost least: they win when they are quick enough.
        bool isBetter = isJpeg ? now < Gain * other : now < other || now <= QuickEnough;
        before = null;
        if (isBetter)
        {
            // The other format may have been slow for a while only, when other things were done: it is asked once more soon.
            nextTrial = time.GetElapsedTime(started) + Confirmation;
            return;
        }

        isJpeg = !isJpeg;
        nextTrial = time.GetElapsedTime(started) + wait;
        wait = 2 * wait < LongestWait ? 2 * wait : LongestWait;
    }
}

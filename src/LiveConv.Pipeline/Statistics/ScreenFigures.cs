namespace LiveConv.Pipeline;

/// <summary>What one screen draws: images per second and their age. Adding allocates nothing; thread-safe.</summary>
/// <param name="time">The clock whose timestamps the frames carry.</param>
public sealed class ScreenFigures(TimeProvider time)
{
    private readonly RateMeter drawn = new(time);
    private readonly DurationSeries ages = new();

    /// <summary>Images drawn per second, over the last two seconds.</summary>
    public double Fps => drawn.Now();

    /// <summary>The age of the newest 256 images that had one, when they were drawn.</summary>
    public Percentiles Age => ages.Recent();

    /// <summary>An image was drawn just now.</summary>
    /// <param name="age">Its age; null when it has none.</param>
    public void Add(TimeSpan? age)
    {
        drawn.Add(time.GetTimestamp());
        if (age is { } one)
        {
            ages.Add(one);
        }
    }
}

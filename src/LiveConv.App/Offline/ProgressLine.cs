using System.Globalization;

namespace LiveConv.App;

/// <summary>
/// Shows the progress of filtering a video: a bar in a terminal, otherwise a plain line every few seconds. Thread-safe.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan BarPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(5);
    private readonly TimeProvider time;
    private readonly TextWriter output;
    private readonly bool isTerminal;
    private readonly long started;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long frames;
    private bool isOver;

    /// <summary>Starts reporting.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="output">Receives the bar or the lines.</param>
    /// <param name="isTerminal">True if a line can be overwritten.</param>
    public ProgressLine(TimeProvider time, TextWriter output, bool isTerminal)
    {
        this.time = time;
        this.output = output;
        this.isTerminal = isTerminal;
        started = time.GetTimestamp();
        TimeSpan period = isTerminal ? BarPeriod : LinePeriod;
        timer = time.CreateTimer(_ => Print(), null, period, period);
    }

    /// <summary>The total number of frames, or null if unknown.</summary>
    public long? Total { get; set; }

    /// <summary>The number of frames so far.</summary>
    public long Frames => Interlocked.Read(ref frames);

    private double Fps => time.GetElapsedTime(started).TotalSeconds is > 0 and var seconds ? Frames / seconds : 0;

    /// <summary>Counts one frame.</summary>
    public void Count() => Interlocked.Increment(ref frames);

    /// <summary>Clears the bar, so that other lines can be written.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            if (isTerminal && !isOver)
            {
                output.Write("\r\u001b[K");
            }

            isOver = true;
        }
    }

    /// <summary>The figures at the end: <c>190 frames, 312 fps</c>.</summary>
    public string Summary() => string.Create(CultureInfo.InvariantCulture, $"{Frames} frames, {Fps:0} fps");

    /// <summary>The figures now: <c>120 of 190 frames, 312 fps, 0:02 left</c>.</summary>
    internal string Figures()
    {
        double fps = Fps;
        string of = Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : "";
        string left = Total is { } all && fps > 0 ? $", {Minutes(Math.Max(0, all - Frames) / fps)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Frames}{of} frames, {fps:0} fps{left}");
    }

    private static string Minutes(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Min(seconds, 359_999));
        return span.ToString(span.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }

    private void Print()
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            if (isTerminal)
            {
                output.Write($"\r\u001b[K{Bar()}{Figures()}");
            }
            else
            {
                output.WriteLine($"liveconv: {Figures()}");
            }
        }
    }

    private string Bar()
    {
        if (Total is not { } total || total == 0)
        {
            return "";
        }

        int done = (int)Math.Clamp(BarWidth * Frames / total, 0, BarWidth);
        return $"[{new string('#', done)}{new string('.', BarWidth - done)}] ";
    }
}

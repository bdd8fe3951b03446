using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>
/// The output on the terminal, all of it on standard error: notices, one line each, and below them the statistics line that
/// <c>i</c> shows and hides, when standard error is a terminal.
/// </summary>
internal sealed class TerminalLines : IDisposable
{
    private const string ClearLine = "\r\u001b[K";
    private const string Red = "\u001b[31m";
    private const string Plain = "\u001b[0m";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly FrameStats stats;
    private readonly ITimer timer;
    private readonly bool isColoured = Terminal.HasEscapes && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private bool showsStatistics;

    public TerminalLines(FrameStats stats, Notices notices, TimeProvider time)
    {
        this.stats = stats;
        notices.Posted += Print;
        timer = time.CreateTimer(_ => PrintStatistics(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            Clear();
            showsStatistics = false;
        }
    }

    public void ToggleStatistics()
    {
        lock (gate)
        {
            Clear();
            showsStatistics = !showsStatistics && Terminal.HasEscapes;
            timer.Change(showsStatistics ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Period);
        }
    }

    /// <summary>Prints the program's own lines, which may be coloured, here and on no page or window.</summary>
    public void Print(IEnumerable<string> text)
    {
        lock (gate)
        {
            Clear();
            foreach (string line in text)
            {
                Terminal.RawError.WriteLine(line);
            }
        }
    }

    public void PrintHelp()
    {
        lock (gate)
        {
            Clear();
            foreach ((string keys, string meaning) in LiveCommand.Help)
            {
                Console.Error.WriteLine($"  {keys,-8} {meaning}");
            }
        }
    }

    /// <summary>The statistics as one line.</summary>
    /// <param name="now">The figures.</param>
    /// <param name="isColoured">True to show frames that are missing in a recording in red.</param>
    internal static string Line(StatsSnapshot now, bool isColoured)
    {
        string dropped = string.Join(", ", now.Frames.Dropped.Select(d =>
        {
            bool isRed = isColoured && DropCauses.Named(d.Key)?.IsInRecorder() == true;
            return isRed ? $"{Red}{d.Value} {d.Key}{Plain}" : $"{d.Value} {d.Key}";
        }));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now.Fps.In:0.0} fps in, {now.Fps.Out:0.0} out, {now.Fps.Shown:0.0} shown | convolve {now.Ms["convolve"].P50:0.00} ms | "
            + $"age {now.Age.P50:0.0} ms, p95 {now.Age.P95:0.0}")
            + (dropped.Length > 0 ? $" | dropped {dropped}" : "");
    }

    private void Print(Notice notice)
    {
        if (Terminal.IsQuiet && !notice.IsProblem)
        {
            return;
        }

        lock (gate)
        {
            Clear();
            string text = TextLine.Of(notice.Text);
            Terminal.RawError.WriteLine(notice.IsProblem && isColoured ? $"liveconv: {Red}{text}{Plain}" : $"liveconv: {text}");
        }
    }

    private void PrintStatistics()
    {
        lock (gate)
        {
            if (showsStatistics)
            {
                Terminal.RawError.Write(ClearLine + Line(stats.Live(), isColoured));
            }
        }
    }

    private void Clear()
    {
        if (showsStatistics)
        {
            Terminal.RawError.Write(ClearLine);
        }
    }
}

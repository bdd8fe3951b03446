using System.Diagnostics;

namespace LiveConv.Presets;

/// <summary>
/// Scans the preset folders whenever the system reports a change there, and four times a second in any case: systems lose such
/// events, and network folders never send them. Where a scan takes long it is done less often.
/// </summary>
internal sealed class PresetWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);

    // A folder on a network that has gone can hold up a scan for minutes, and nobody's end.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    // Scans take no more than a fiftieth of the time, as long as one takes less than a tenth of a second.
    private const int Rest = 50;
    private readonly PresetFolders presets;
    private readonly Action<IReadOnlyList<Preset>> changed;
    private readonly AutoResetEvent happened = new(false);
    private readonly List<FileSystemWatcher> watchers = [];
    private readonly Thread thread;
    private readonly Lock gate = new();
    private bool isClosed;
    private volatile bool stopping;

    public PresetWatch(PresetFolders presets, Action<IReadOnlyList<Preset>> changed)
    {
        this.presets = presets;
        this.changed = changed;
        foreach (string folder in presets.Watched.Where(Directory.Exists))
        {
            TryListen(folder);
        }

        thread = new Thread(Run) { IsBackground = true, Name = "presets" };
        thread.Start();
    }

    public void Dispose()
    {
        if (stopping)
        {
            return;
        }

        stopping = true;
        Wake();
        bool hasEnded = thread.Join(EndTimeout);
        watchers.ForEach(watcher => watcher.Dispose());
        lock (gate)
        {
            isClosed = true;
            if (hasEnded)
            {
                happened.Dispose();
            }
        }
    }

    // An event can be under way on the system's thread while its watcher is disposed.
    private void Wake()
    {
        lock (gate)
        {
            if (!isClosed)
            {
                happened.Set();
            }
        }
    }

    private void TryListen(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder, "*.json");
            watchers.Add(watcher);
            watcher.Changed += (_, _) => Wake();
            watcher.Created += (_, _) => Wake();
            watcher.Deleted += (_, _) => Wake();
            watcher.Renamed += (_, _) => Wake();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // The system has no more watches: four scans a second are enough.
        }
    }

    private void Run()
    {
        TimeSpan interval = Interval;
        while (!stopping)
        {
            // A second scan right after the first would see the same half-written file: its writing is what set the event.
            bool isUnsettled = presets.IsUnsettled;
            if (happened.WaitOne(isUnsettled ? Soon : interval) && isUnsettled && !stopping)
            {
                Thread.Sleep(Soon);
            }

            long start = Stopwatch.GetTimestamp();
            if (!stopping && presets.Scan())
            {
                changed(presets.Presets);
            }

            TimeSpan rest = Rest * Stopwatch.GetElapsedTime(start);
            interval = rest < Interval ? Interval : rest < LongestInterval ? rest : LongestInterval;
        }
    }
}

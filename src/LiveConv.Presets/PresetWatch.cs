using System.Diagnostics;

namespace LiveConv.Presets;

/// <summary>
/// Looks at the preset folders whenever the system says that something happened there, and four times a second in any case:
/// systems lose such events, and network folders never send them. Where looking takes long it is done less often.
/// </summary>
internal sealed class PresetWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    // Looking takes no more than a fiftieth of the time, as long as one look takes less than a tenth of a second.
    private const int Rest = 50;
    private readonly PresetFolders presets;
    private readonly Action<IReadOnlyList<Preset>> changed;
    private readonly AutoResetEvent happened = new(false);
    private readonly List<FileSystemWatcher> watchers = [];
    private readonly Thread thread;
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
        stopping = true;
        happened.Set();
        thread.Join();
        watchers.ForEach(watcher => watcher.Dispose());
        happened.Dispose();
    }

    private void TryListen(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder, "*.json");
            watchers.Add(watcher);
            watcher.Changed += (_, _) => happened.Set();
            watcher.Created += (_, _) => happened.Set();
            watcher.Deleted += (_, _) => happened.Set();
            watcher.Renamed += (_, _) => happened.Set();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // No more watches to be had: looking four times a second is enough.
        }
    }

    private void Run()
    {
        TimeSpan interval = Interval;
        while (!stopping)
        {
            // A second look at what was being written tells nothing when it comes at once; the writing itself is what woke us.
            bool isUnsettled = presets.IsUnsettled;
            if (happened.WaitOne(isUnsettled ? Soon : interval) && isUnsettled && !stopping)
            {
                Thread.Sleep(Soon);
            }

            long began = Stopwatch.GetTimestamp();
            if (!stopping && presets.Scan())
            {
                changed(presets.Presets);
            }

            TimeSpan rest = Rest * Stopwatch.GetElapsedTime(began);
            interval = rest < Interval ? Interval : rest < LongestInterval ? rest : LongestInterval;
        }
    }
}

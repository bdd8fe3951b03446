using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>
/// Which units are being filtered: a byte of one file for each, which a run locks and the system unlocks when the run ends, however that
/// ends. On shared file systems other nodes see it, if these have locks. On macOS nothing is locked.
/// </summary>
internal sealed class UnitLocks
{
    // What the system answers where another run has the lock: EAGAIN, EACCES.
    private const int TryAgain = 11;
    private const int NoAccess = 13;

    private readonly string path;

    /// <summary>Uses the locks of a plan.</summary>
    /// <param name="plan">The plan; its folder of units exists.</param>
    public UnitLocks(PlanFile plan) => path = Path.Combine(plan.Folder, "lock");

    /// <summary>Locks a unit.</summary>
    /// <param name="number">Its number; the joining of a plan has the number behind the last.</param>
    /// <returns>What unlocks it; null when another run has it.</returns>
    /// <exception cref="LiveConvException">The file cannot be opened, or its file system has no locks.</exception>
    public IDisposable? TryTake(int number)
    {
        FileStream? file = null;
        try
        {
            file = Open();
            if (!OperatingSystem.IsMacOS())
            {
                file.Lock(number, 1);
            }

            return file;
        }
        catch (Exception e) when (file is null && e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{path} cannot be opened: {e.Message}", e);
        }
        catch (IOException e)
        {
            file!.Dispose();
            return e.HResult is TryAgain or NoAccess
                ? null
                : throw new LiveConvException(
                    $"{path} cannot be locked: {e.Message}; units need a file system with locks (NFS 4, Lustre with flock)", e);
        }
    }

    // Two runs may make the file at once: one of them finds the other's.
    private FileStream Open()
    {
        try
        {
            return PlainFile.OpenToReplace(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return PlainFile.OpenToReplace(path);
        }
    }

    /// <summary>Waits until a unit can be locked.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="onWait">Called once if another run has it.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<IDisposable> TakeAsync(int number, Action onWait, CancellationToken stop)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            if (TryTake(number) is { } held)
            {
                return held;
            }

            if (isFirst)
            {
                onWait();
            }

            await Task.Delay(TimeSpan.FromSeconds(0.5), stop).ConfigureAwait(false);
        }
    }

    /// <summary>Whether another run has a unit now.</summary>
    /// <param name="number">Its number.</param>
    public bool IsHeld(int number)
    {
        using IDisposable? free = File.Exists(path) ? TryTake(number) : null;
        return free is null && File.Exists(path);
    }
}

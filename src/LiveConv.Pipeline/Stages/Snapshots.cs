namespace LiveConv.Pipeline;

/// <summary>The images being saved while the stream goes on.</summary>
/// <param name="save">Saves maps and releases their lease; null when the run saves no images.</param>
/// <param name="notices">Receives failures.</param>
internal sealed class Snapshots(Func<EdgeMaps, Task>? save, Notices notices)
{
    private const int MaxWaiting = 3;
    private Task last = Task.CompletedTask;
    private int waiting;

    /// <summary>
    /// Saves maps, after those before them. Borrows the maps and adds a lease; refuses when
    /// too many are waiting, because a slow disk would otherwise use up all the maps of the stream.
    /// </summary>
    public void Save(EdgeMaps maps)
    {
        if (save is null)
        {
            return;
        }

        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            notices.Warn("snapshot not saved: the ones before it are still being saved");
            return;
        }

        maps.AddLease();
        last = SaveAfterAsync(last, save, maps);
    }

    /// <summary>Returns a task that completes when every image is saved.</summary>
    public Task CompleteAsync() => last;

    private async Task SaveAfterAsync(Task before, Func<EdgeMaps, Task> saveMaps, EdgeMaps maps)
    {
        await before.ConfigureAwait(false);
        try
        {
            await saveMaps(maps).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Failing to save an image does not end the run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            notices.Warn($"snapshot not saved: {e.Message}");
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}

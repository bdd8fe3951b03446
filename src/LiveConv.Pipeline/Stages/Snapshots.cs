namespace LiveConv.Pipeline;

/// <summary>The images being saved while the stream goes on.</summary>
/// <param name="save">Saves maps and gives back its lease; null when the run saves no images.</param>
/// <param name="notices">Where failures are told.</param>
internal sealed class Snapshots(Func<EdgeMaps, Task>? save, Notices notices)
{
    private const int MaxWaiting = 3;
    private Task last = Task.CompletedTask;
    private int waiting;

    /// <summary>
    /// Saves maps, after those before them. Borrows the maps and takes a lease of its own; refuses when
    /// too many wait already, or a slow disk would take all maps from the stream.
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

    /// <summary>When every image is saved.</summary>
    public Task CompleteAsync() => last;

    private async Task SaveAfterAsync(Task before, Func<EdgeMaps, Task> saveMaps, EdgeMaps maps)
    {
        await before.ConfigureAwait(false);
        try
        {
            await saveMaps(maps).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An image that cannot be saved ends nothing.
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

namespace LiveConv.Media;

/// <summary>Runs calls that may hang in the kernel on dedicated threads, so that no other work has to wait for them.</summary>
internal static class DedicatedThread
{
    public static Task<T> Run<T>(Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

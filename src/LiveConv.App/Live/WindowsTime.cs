using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LiveConv.App;

/// <summary>
/// The system's clock with timers that are due on time: .NET's own tick every 15.6 ms on Windows, which is a frame of 64 fps. These are
/// Windows' waitable timers of high resolution (since Windows 10 1803); where there are none, .NET's. Thread-safe.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsTime : TimeProvider
{
    private const uint HighResolution = 2; // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
    private const uint AllAccess = 0x1F0003;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);

        // A period that .NET's timers can hold needs none of these.
        SafeWaitHandle? handle = period == Timeout.InfiniteTimeSpan ? Create(0, null, HighResolution, AllAccess) : null;
        if (handle is null or { IsInvalid: true })
        {
            handle?.Dispose();
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new OneShot(new WaitableTimer(handle), callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeWaitHandle Create(nint attributes, string? name, uint flags, uint access);

    [LibraryImport("kernel32", EntryPoint = "SetWaitableTimer")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Set(
        SafeWaitHandle timer, in long due, int period, nint routine, nint argument, [MarshalAs(UnmanagedType.Bool)] bool wakes);

    [LibraryImport("kernel32", EntryPoint = "CancelWaitableTimer")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Cancel(SafeWaitHandle timer);

    /// <summary>A waitable timer, which it owns.</summary>
    private sealed class WaitableTimer : WaitHandle
    {
        public WaitableTimer(SafeWaitHandle handle) => SafeWaitHandle = handle;
    }

    private sealed class OneShot : ITimer
    {
        private readonly WaitableTimer timer;
        private readonly RegisteredWaitHandle registration;
        private readonly Lock gate = new();
        private bool isDisposed;

        public OneShot(WaitableTimer timer, TimerCallback callback, object? state)
        {
            this.timer = timer;
            registration = ThreadPool.RegisterWaitForSingleObject(
                timer, (_, _) => callback(state), null, Timeout.InfiniteTimeSpan, executeOnlyOnce: false);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                // Below zero: relative to now.
                return !isDisposed && (dueTime == Timeout.InfiniteTimeSpan
                    ? Cancel(timer.SafeWaitHandle)
                    : Set(timer.SafeWaitHandle, -Math.Max(0, dueTime.Ticks), 0, 0, 0, wakes: false));
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                if (!isDisposed)
                {
                    isDisposed = true;
                    registration.Unregister(null);
                    timer.Dispose();
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>A clock that stands still until it is advanced, and tells when somebody sets an alarm by it.</summary>
internal sealed class AlarmClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> alarms = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Waits until an alarm is set, and says how far away it is.</summary>
    public Task<TimeSpan> AlarmAsync() => alarms.Reader.ReadAsync().AsTask().WaitAsync(Rig.Timeout);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Alarm(base.CreateTimer(callback, state, dueTime, period), alarms.Writer);

    private sealed class Alarm(ITimer timer, ChannelWriter<TimeSpan> alarms) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = timer.Change(dueTime, period);
            alarms.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

using System.Diagnostics;
using LiveConv.App;

namespace LiveConv.Wine.Helper;

/// <summary>Measures timers of 1 ms, of LiveConv's clock and of .NET, and prints the time that a quarter of them take at most.</summary>
internal static class ShortTimers
{
    private const int Times = 200;
    private static readonly TimeSpan Due = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static int Run()
    {
        bool isWaitable = IsWaitable(new WindowsTime());
        string own = Quartile(new WindowsTime());
        string system = Quartile(TimeProvider.System);
        Console.Error.WriteLine($"waitable {isWaitable}, own {own} ms, system {system} ms");
        return 0;
    }

    // .NET's timers are of a type of its own.
    private static bool IsWaitable(TimeProvider time)
    {
        using ITimer timer = time.CreateTimer(static _ => { }, null, Timeout, System.Threading.Timeout.InfiniteTimeSpan);
        return timer.GetType().DeclaringType == typeof(WindowsTime);
    }

    private static string Quartile(TimeProvider time)
    {
        using var isDue = new AutoResetEvent(false);
        using ITimer timer = time.CreateTimer(
            _ => isDue.Set(), null, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
        double[] taken = new double[Times];
        for (int i = 0; i < Times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            timer.Change(Due, System.Threading.Timeout.InfiniteTimeSpan);
            if (!isDue.WaitOne(Timeout))
            {
                throw new TimeoutException($"a timer of 1 ms is not due within {Timeout.TotalSeconds} s");
            }

            taken[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(taken);
        return FormattableString.Invariant($"{taken[Times / 4]:0.00}");
    }
}

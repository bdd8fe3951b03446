namespace LiveConv.App;

/// <summary>The clock of runs that are paced by it.</summary>
internal static class Clock
{
    /// <summary>The system's clock, with timers that are due to the millisecond.</summary>
    public static TimeProvider System { get; } = OperatingSystem.IsWindows() ? new WindowsTime() : TimeProvider.System;
}

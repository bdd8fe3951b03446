namespace LiveConv.Pipeline;

/// <summary>What sets the speed of a pipeline.</summary>
public enum Pace
{
    /// <summary>The source: frames come when they are due, and the newest wins everywhere.</summary>
    Source,

    /// <summary>The slowest stage: every channel waits, and nothing is dropped.</summary>
    Max,
}

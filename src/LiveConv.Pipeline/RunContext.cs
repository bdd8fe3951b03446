namespace LiveConv.Pipeline;

/// <summary>The state that all parts of a run share: its stages, screens and recorder.</summary>
/// <param name="Controls">The state that keys and buttons change.</param>
/// <param name="Stats">The counters and timings of the run.</param>
/// <param name="Notices">Messages to the user.</param>
/// <param name="Source">Describes the source at the time of the call; called on any thread, must not block.</param>
/// <param name="Time">The clock of the frames' timestamps.</param>
public sealed record RunContext(LiveControls Controls, FrameStats Stats, Notices Notices, Func<SourceInfo> Source, TimeProvider Time);

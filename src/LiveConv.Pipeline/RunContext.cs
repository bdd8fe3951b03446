namespace LiveConv.Pipeline;

/// <summary>What all parts of a run share: its stages, its screens and its recorder.</summary>
/// <param name="Controls">What keys and buttons change while it runs.</param>
/// <param name="Stats">Where frames are counted, and what statistics show.</param>
/// <param name="Notices">Messages to the user.</param>
/// <param name="Source">Describes the source now; called on any thread, must not block.</param>
/// <param name="Time">The clock of the frames' timestamps.</param>
public sealed record RunContext(LiveControls Controls, FrameStats Stats, Notices Notices, Func<SourceInfo> Source, TimeProvider Time);

namespace LiveConv.Pipeline;

/// <summary>What a screen needs to know of the run.</summary>
/// <param name="Controls">What its keys change.</param>
/// <param name="Stats">Where drawn frames are counted, and what its statistics show.</param>
/// <param name="Notices">Lines that it shows.</param>
/// <param name="Source">Describes the source now; called on any thread, must not block.</param>
/// <param name="Time">The clock of the frames' timestamps.</param>
public sealed record ScreenContext(LiveControls Controls, FrameStats Stats, Notices Notices, Func<SourceInfo> Source, TimeProvider Time);

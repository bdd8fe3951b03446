using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What recordings need to know of the run.</summary>
/// <param name="Source">Describes the source now.</param>
/// <param name="Stats">The run's figures.</param>
/// <param name="Time">The clock.</param>
/// <param name="Notices">Receives the start, the end and faults of recordings.</param>
public sealed record RecordingContext(Func<SourceInfo> Source, FrameStats Stats, TimeProvider Time, Notices Notices)
{
    /// <summary>Lists the files as they start and end.</summary>
    public RecordedFiles Files { get; init; } = new(Time);

    /// <summary>Cancelled when the run shall end: then nobody waits long for an encoder, not even offline.</summary>
    public CancellationToken Stop { get; init; }
}

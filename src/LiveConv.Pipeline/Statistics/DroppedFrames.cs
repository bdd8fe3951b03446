namespace LiveConv.Pipeline;

/// <summary>Consecutive frames that were dropped for one cause.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Count">How many; at least 1.</param>
/// <param name="First">The <see cref="Frame.Sequence"/> of the first of them; null for frames that the source lost: they are missing
/// before the next frame that it delivers.</param>
public readonly record struct DroppedFrames(DropCause Cause, long Count, long? First);

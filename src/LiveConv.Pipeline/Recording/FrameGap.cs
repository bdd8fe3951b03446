namespace LiveConv.Pipeline;

/// <summary>Consecutive frames that are missing in a recording for one cause.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Count">How many; at least 1.</param>
/// <param name="First">When the first of them was captured, as <see cref="Frame.MediaTime"/>.</param>
/// <param name="Last">When the last of them was captured.</param>
public readonly record struct FrameGap(DropCause Cause, long Count, TimeSpan First, TimeSpan Last);

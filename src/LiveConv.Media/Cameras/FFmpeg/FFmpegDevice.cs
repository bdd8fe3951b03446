namespace LiveConv.Media;

/// <summary>A camera as FFmpeg lists it.</summary>
/// <param name="Number">Its place in the list, from 0.</param>
/// <param name="Name">Display name.</param>
/// <param name="Address">FFmpeg's name for it.</param>
/// <param name="Identity">An identity that stays the same when it is plugged in again.</param>
internal sealed record FFmpegDevice(int Number, string Name, string Address, string Identity);

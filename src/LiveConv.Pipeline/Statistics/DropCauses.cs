namespace LiveConv.Pipeline;

/// <summary>The properties of each <see cref="DropCause"/>: its name in statistics and files, and where the frame was lost.</summary>
public static class DropCauses
{
    /// <summary>Its name in statistics, sidecars and the page's messages, in camel case.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>Such as <c>recorderBusy</c>.</returns>
    public static string Name(this DropCause cause) => JsonName.Of(cause);

    /// <summary>The cause with a name; null when there is none.</summary>
    /// <param name="name">As returned by <see cref="Name"/>.</param>
    /// <returns>The cause.</returns>
    public static DropCause? Named(string name)
    {
        foreach (DropCause cause in Enum.GetValues<DropCause>())
        {
            if (cause.Name() == name)
            {
                return cause;
            }
        }

        return null;
    }

    /// <summary>True when the recorder lost the frame: it was shown, and is missing in the recording.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>True for a recorder's cause.</returns>
    public static bool IsInRecorder(this DropCause cause) =>
        cause is DropCause.RecorderBusy or DropCause.EncoderDied or DropCause.DiskFull;

    /// <summary>True when the frame was lost before it was filtered, so that it is missing on the screens and in recordings.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>True when the frame was lost before filtering.</returns>
    public static bool IsBeforeFilter(this DropCause cause) =>
        cause is DropCause.Superseded or DropCause.LostBySource or DropCause.Damaged or DropCause.Paused;
}

namespace LiveConv.Media;

/// <summary>
/// A request that the kernel refused. Never leaves the V4L2 adapter, which turns it into a message or a restart.
/// </summary>
/// <param name="step">The operation, by the kernel's name for it.</param>
/// <param name="errno">Why it was refused.</param>
internal sealed class V4l2Exception(string step, Errno errno) : Exception($"{step}: {errno}")
{
    public string Step { get; } = step;

    public Errno Errno { get; } = errno;

    /// <summary>The device went away, or its node did.</summary>
    public bool IsGone => Errno is Errno.NoDevice or Errno.NoEntry or Errno.NoDeviceAddress or Errno.Shutdown or Errno.NoLink;

    /// <summary>
    /// Away, used by another program, or its permissions not set yet after it was plugged in: conditions that pass by themselves.
    /// </summary>
    public bool IsTemporary => IsGone || Errno is Errno.Busy or Errno.Access or Errno.NotPermitted;

    /// <summary>Retrying immediately cannot help: the user must do something first.</summary>
    public bool NeedsUser => IsGone
        || Errno is Errno.Busy or Errno.Access or Errno.NotPermitted or Errno.NoSpace or Errno.TooManyFiles or Errno.IsDirectory;

    public static void ThrowIf(Errno errno, string step)
    {
        if (errno != Errno.None)
        {
            throw new V4l2Exception(step, errno);
        }
    }
}

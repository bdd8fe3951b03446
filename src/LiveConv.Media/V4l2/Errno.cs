namespace LiveConv.Media;

/// <summary>The Linux error numbers that matter for cameras. Others keep their number.</summary>
internal enum Errno
{
    None = 0,
    NotPermitted = 1,
    NoEntry = 2,
    Interrupted = 4,
    InputOutput = 5,
    NoDeviceAddress = 6,
    TryAgain = 11,
    NoMemory = 12,
    Access = 13,
    Busy = 16,
    NoDevice = 19,
    IsDirectory = 21,
    Invalid = 22,
    TooManyFiles = 24,
    NotATerminal = 25,
    NoSpace = 28,
    BrokenPipe = 32,
    Protocol = 71,
    NoLink = 67,
    TimedOut = 110,
    Shutdown = 108,
}

namespace LiveConv.App;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int Terminated = 143;
}

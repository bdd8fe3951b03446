using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>A wrong command line: one line that names the option and what it takes; exit code 2.</summary>
internal sealed class UsageException : LiveConvException
{
    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public UsageException()
    {
    }
}

using System.Text;

namespace LiveConv.App;

/// <summary>
/// Standard error that may disappear: when the terminal is closed, or the disk that it is redirected to is full, a line that
/// cannot be written must not keep a recording from being finished.
/// </summary>
/// <param name="inner">Standard error.</param>
internal sealed class BestEffortWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // There is nowhere to report this.
        }
    }
}

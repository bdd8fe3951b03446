using System.Text;

namespace LiveConv.App;

/// <summary>Standard output, whose faults (a full disk, a stream that is closed) end the command with one line.</summary>
/// <param name="inner">Standard output, or null when the program was started without one.</param>
internal sealed class OutputWriter(TextWriter? inner) : TextWriter
{
    public override Encoding Encoding => inner?.Encoding ?? Encoding.UTF8;

    public override void Write(char value) => Try(writer => writer.Write(value));

    public override void Write(string? value) => Try(writer => writer.Write(value));

    public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

    public override void Flush() => inner?.Flush();

    private void Try(Action<TextWriter> write)
    {
        try
        {
            write(inner ?? throw new LiveConvException("standard output is closed: there is nowhere to print to"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new LiveConvException($"standard output cannot be written to: {TextLine.Of(e.Message)}", e);
        }
    }
}

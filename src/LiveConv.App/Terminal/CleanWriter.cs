using System.Text;

namespace LiveConv.App;

/// <summary>
/// What everything is written through: names of files, cameras and presets may hold terminal sequences, of which none gets out. Line ends
/// do, because tables have them; a line of its own with a name in it is <see cref="TextLine.Of"/>'s.
/// </summary>
/// <param name="inner">The stream.</param>
internal sealed class CleanWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(Clean(value));

    public override void WriteLine(string? value) => inner.WriteLine(Clean(value));

    public override void Flush() => inner.Flush();

    private static string Clean(string? text) => string.Join('\n', (text ?? "").Replace("\r\n", "\n").Split('\n').Select(TextLine.Of));
}

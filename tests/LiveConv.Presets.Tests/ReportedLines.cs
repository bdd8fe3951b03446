using System.Collections.Concurrent;

namespace LiveConv.Presets.Tests;

/// <summary>The lines that preset folders reported.</summary>
internal sealed class ReportedLines : ConcurrentQueue<ReportedLine>
{
    public void Inform(string text) => Enqueue(new ReportedLine(text, IsProblem: false));

    public void Warn(string text) => Enqueue(new ReportedLine(text, IsProblem: true));
}

internal sealed record ReportedLine(string Text, bool IsProblem);

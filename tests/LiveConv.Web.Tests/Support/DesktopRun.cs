#pragma warning disable CA1416 // The tab's run needs nothing of a browser but TabExports, which these tests have.

namespace LiveConv.Web.Tests;

/// <summary>What a test asks a run, and what is in the text that answers.</summary>
internal sealed record Question(string Message, string Until);

/// <summary>The run of a tab, in this process: what it answers is what the tab has to answer.</summary>
internal sealed class DesktopRun
{
    private readonly TabRun run = new();
    private readonly int size;

    /// <summary>Starts it, with images of a page.</summary>
    public DesktopRun(int width, int height)
    {
        size = width * height;
        TextAfter("""{"show":["vertical","horizontal"]}""", "\"type\":\"state\"");
        TextAfter($$$"""{"camera":{"width":{{{width}}},"height":{{{height}}}}}""", "\"type\":\"camera\"");
    }

    /// <summary>Asks about the maps that a preset makes of an image.</summary>
    public IEnumerable<string> Ask(string preset, byte[] image, IEnumerable<Question> questions)
    {
        TextAfter($$"""{"preset":"{{preset}}"}""", $"\"preset\":{{\"id\":\"{preset}\"");
        TabExports.Incoming = image;
        TabExports.Images = 0;
        run.ReceiveImage(size, 0);
        Until(() => TabExports.Images > 0);
        return [.. questions.Select(question => TextAfter(question.Message, question.Until))];
    }

    private string TextAfter(string message, string part)
    {
        TabExports.Texts.Clear();
        run.Receive(message);
        string? text = null;
        Until(() => (text = TabExports.Texts.Find(one => one.Contains(part, StringComparison.Ordinal))) is not null);
        return text!;
    }

    private void Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            run.Work();
            if (TabExports.Unanswered is { } number)
            {
                TabExports.Unanswered = null;
                run.Receive($$"""{"drawn":{{number}}}""");
            }
        }
    }
}

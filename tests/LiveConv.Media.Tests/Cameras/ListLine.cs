namespace LiveConv.Media.Tests.Cameras;

/// <summary>A line of a list that is damaged at random.</summary>
/// <param name="Text">The line.</param>
/// <param name="Owner">The device or mode that it belongs to; null for headlines.</param>
/// <param name="IsTouched">True once it was damaged, moved or inserted.</param>
internal sealed record ListLine(string Text, string? Owner, bool IsTouched = false)
{
    private const string Letters = "\"[]() @x0129.:-\\ve\u0000\t\uFFFDé视\ud83d";

    /// <summary>Damages lines in one to four places.</summary>
    public static List<ListLine> Damage(IEnumerable<ListLine> lines, Random random)
    {
        var damaged = lines.ToList();
        for (int i = random.Next(1, 5); i > 0 && damaged.Count > 1; i--)
        {
            Damage(damaged, random.Next(damaged.Count), random);
        }

        return damaged;
    }

    private static void Damage(List<ListLine> lines, int at, Random random)
    {
        ListLine line = lines[at];
        int place = random.Next(line.Text.Length + 1);
        char letter = Letters[random.Next(Letters.Length)];
        switch (random.Next(9))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count + 1), line with { IsTouched = true });
                break;
            case 2:
                lines.RemoveAt(at);
                lines.Insert(random.Next(lines.Count + 1), line with { IsTouched = true });
                break;
            case 3:
                lines.Insert(at, new ListLine("2026-01-02 ffmpeg[1:2] WARNING: \"a\" [1] (video) DirectShow", null, IsTouched: true));
                break;
            case 4:
                lines[at] = line with { Text = line.Text[..place], IsTouched = true };
                break;
            case 5:
                lines[at] = line with { Text = line.Text.Insert(place, $"{letter}"), IsTouched = true };
                break;
            case 6:
                lines[at] = line with { Text = line.Text + lines[(at + 1) % lines.Count].Text, IsTouched = true };
                break;
            case 7:
                lines[at] = line with { Text = $"    Last message repeated {random.Next(99)} times", IsTouched = true };
                break;
            default:
                int last = Math.Min(place, Math.Max(0, line.Text.Length - 1));
                string rest = line.Text[Math.Min(line.Text.Length, last + 1)..];
                lines[at] = line with { Text = line.Text[..last] + letter + rest, IsTouched = true };
                break;
        }
    }
}

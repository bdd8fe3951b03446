namespace LiveConv.Page;

/// <summary>
/// The newest lines for the user, numbered from 1, so that each page gets those that it has not seen. Thread-safe.
/// </summary>
internal sealed class RecentNotices
{
    private const int Kept = 8;
    private readonly Lock gate = new();
    private readonly NoticeMessage?[] lines = new NoticeMessage?[Kept];
    private int newest;

    /// <summary>Keeps a line, in the place of the oldest one.</summary>
    public void Add(NoticeMessage line)
    {
        lock (gate)
        {
            lines[++newest % Kept] = line;
        }
    }

    /// <summary>The oldest kept line that is newer than the one seen last.</summary>
    /// <param name="seen">The number of the line seen last; becomes that of the returned one.</param>
    /// <returns>The line, or null when all were seen.</returns>
    public NoticeMessage? After(ref int seen)
    {
        lock (gate)
        {
            if (seen == newest)
            {
                return null;
            }

            seen = Math.Max(seen + 1, newest - Kept + 1);
            return lines[seen % Kept];
        }
    }
}

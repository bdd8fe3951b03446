namespace LiveConv.Page.Tests;

public sealed class RecentNoticesTests
{
    [Fact]
    public void After_MoreLinesThanKept_GivesTheNewestInOrder()
    {
        var recent = new RecentNotices();
        for (int line = 1; line <= 11; line++)
        {
            recent.Add(new NoticeMessage($"{line}", Problem: false));
        }

        int seen = 0;
        var given = new List<string>();
        while (recent.After(ref seen) is { } line)
        {
            given.Add(line.Text);
        }

        Assert.Equal(["4", "5", "6", "7", "8", "9", "10", "11"], given);
        Assert.Null(recent.After(ref seen));
    }
}

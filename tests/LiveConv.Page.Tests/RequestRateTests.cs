using System.Text;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Page.Tests;

/// <summary>What a page requests too often: the last one wins, and nobody else pays.</summary>
public sealed class RequestRateTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly LiveControls controls;
    private readonly List<string> notices = [];
    private readonly PageSessions sessions;

    public RequestRateTests()
    {
        var other = new Preset("other", "Other", Preset.Seed.Bank!);
        controls = new LiveControls([Preset.Seed, other], Preset.Seed);
        var posted = new Notices();
        posted.Posted += notice => notices.Add(notice.Text);
        var source = new SourceInfo("test", new SourceMode(), new SourceMode());
        sessions = new PageSessions(new PageContext(controls, new FrameStats(time), posted, () => source, time));
    }

    public void Dispose() => sessions.Dispose();

    [Fact]
    public void Edits_ThatCome_TooFast_AreCoalescedAndTheLastWins()
    {
        using PageSession page = Open();
        int changes = 0;
        controls.Changed += () => changes++;
        for (int i = 1; i <= 1000; i++)
        {
            Send(page, $$$"""{"edit":{"version":1,"name":"E{{{i}}}","vertical":[[1]],"horizontal":[[2]]}}""");
        }

        Assert.InRange(changes, 1, 20);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("E1000", controls.Preset.Name);
        Assert.InRange(changes, 2, 21);
    }

    [Fact]
    public void Presets_ThatChangeForSeconds_GiveOtherPagesFewStates()
    {
        using PageSession flooding = Open();
        using PageSession other = Open();
        int states = 0;
        for (int step = 0; step < 2000; step++)
        {
            Send(flooding, $$"""{"preset":"{{(step % 2 == 0 ? "other" : "seed")}}"}""");
            time.Advance(TimeSpan.FromMilliseconds(1));
            states += StatesOf(other);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        states += StatesOf(other);

        Assert.InRange(states, 3, 20 + (2 * 20) + 5);
        Assert.Equal("seed", controls.Preset.Id);
    }

    [Fact]
    public void PixelQuestions_ThatCome_TooFast_AreAnsweredTenTimesASecond()
    {
        using PageSession page = Open(PageRole.Guest);
        int answers = 0;
        for (int step = 0; step < 3000; step++)
        {
            Send(page, """{"xray":{"map":0,"x":1,"y":1}}""");
            time.Advance(TimeSpan.FromMilliseconds(1));
            while (page.NextText() is { } text)
            {
                answers += TypeOf(text) == "xray" ? 1 : 0;
            }
        }

        Assert.InRange(answers, 25, 45);
    }

    [Theory]
    [InlineData("r", 9)]
    [InlineData("s", 15)]
    public void FileKeys_FromManyPages_AreBoundedTogetherAndReported(string key, int max)
    {
        PageSession[] pages = [.. Enumerable.Range(0, 10).Select(_ => Open())];
        int files = 0;
        controls.Changed += () => files++;
        for (int step = 0; step < 300; step++)
        {
            Array.ForEach(pages, page => Send(page, $$"""{"key":"{{key}}"}"""));
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(files, 6, max);
        Assert.Contains("pages ask for files faster than they may: one recording a second, and two images", notices);
        Array.ForEach(pages, page => page.Dispose());
    }

    [Fact]
    public void HeldBackNonsense_EndsTheConnectionWithTheNextMessage()
    {
        using PageSession page = Open();
        for (int i = 0; i < 20; i++)
        {
            Send(page, """{"xray":{"map":0,"x":1,"y":1}}""");
        }

        Send(page, """{"xray":{"nonsense":1}}""");
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Throws<FormatException>(() => Send(page, """{"show":[]}"""));
    }

    [Fact]
    public void TimeToWait_OrdinaryPage_IsNoneAndAFloodIsHeldBack()
    {
        using PageSession page = Open();
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal(TimeSpan.Zero, page.TimeToWait(1));
        }

        Assert.InRange(page.TimeToWait(1), TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(4));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, page.TimeToWait(1));
    }

    [Fact]
    public void TimeToWait_LongMessages_CountsTheirBytes()
    {
        using PageSession page = Open();
        TimeSpan wait = TimeSpan.Zero;
        for (int i = 0; i < 20; i++)
        {
            wait = page.TimeToWait(64 * 1024);
        }

        Assert.InRange(wait, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Presets_FromManyPages_AreBoundedTogetherAndTheLastWins()
    {
        PageSession[] pages = [.. Enumerable.Range(0, 10).Select(_ => Open())];
        int changes = 0;
        controls.Changed += () => changes++;
        for (int step = 0; step < 300; step++)
        {
            string change = step % 3 == 0 ? """{"key":"2"}""" : $$"""{"preset":"{{(step % 2 == 0 ? "other" : "seed")}}"}""";
            Array.ForEach(pages, page => Send(page, change));
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Send(pages[3], """{"preset":"other"}""");
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(changes, 20, 20 + (5 * 10) + 2);
        Assert.Equal("other", controls.Preset.Id);
        Array.ForEach(pages, page => page.Dispose());
    }

    [Fact]
    public void States_AfterTheFirst_HoldOnlyWhatChanged()
    {
        using PageSession page = Open();
        using var whole = JsonDocument.Parse(page.NextText()!.Value);
        StatesOf(page);
        Send(page, """{"key":"p"}""");

        using var change = JsonDocument.Parse(page.NextText()!.Value);

        Assert.True(whole.RootElement.EnumerateObject().Count() > 10);
        Assert.Equal(["paused", "type"], change.RootElement.EnumerateObject().Select(member => member.Name).Order());
        Assert.True(change.RootElement.GetProperty("paused").GetBoolean());
    }

    [Fact]
    public void States_OfNothingNew_AreNotSent()
    {
        using PageSession page = Open();
        StatesOf(page);
        Send(page, """{"key":"p"}""");
        Send(page, """{"key":"p"}""");

        Assert.Equal(0, StatesOf(page));
    }

    private static void Send(PageSession page, string message) => page.Receive(Encoding.UTF8.GetBytes(message));

    private static int StatesOf(PageSession page)
    {
        int states = 0;
        while (page.NextText() is { } text)
        {
            states += TypeOf(text) == "state" ? 1 : 0;
        }

        return states;
    }

    private static string TypeOf(ReadOnlyMemory<byte> text)
    {
        using var message = JsonDocument.Parse(text);
        return message.RootElement.GetProperty("type").GetString()!;
    }

    private PageSession Open(PageRole role = PageRole.Presenter) => sessions.Open(role, new PageRates(time), () => { });
}

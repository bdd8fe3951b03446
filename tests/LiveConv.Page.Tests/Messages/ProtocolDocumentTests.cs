namespace LiveConv.Page.Tests;

/// <summary>The tables of docs/protocol.md against the C# records.</summary>
public sealed class ProtocolDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(RepositoryFiles.PathOf("docs", "protocol.md"));

    [Fact]
    public void Table_OfMessagesToThePage_HasEveryMessageAndEveryMember()
    {
        Dictionary<string, string> rows = RowsUnder("## Texts, from LiveConv");

        Assert.Equal(Protocol.ToPage.Keys.Order(), rows.Keys.Order());
        Assert.All(Protocol.ToPage, message => Assert.Empty(MissingIn(rows[message.Key], message.Value)));
    }

    [Fact]
    public void Table_OfThePagesMessages_HasEveryMessageAndEveryMember()
    {
        Dictionary<string, string> rows = RowsUnder("## Texts, to LiveConv");

        Assert.Equal(Enum.GetNames<InboundKind>().Select(TypeScript.JsonName).Order(), rows.Keys.Order());
        Assert.All(Protocol.BodyRecords, body => Assert.Empty(MissingIn(rows[TypeScript.JsonName($"{body.Key}")], body.Value)));
    }

    [Fact]
    public void Answer_OfTheXray_IsDescribedWithEveryMember()
    {
        string text = string.Join('\n', Lines);
        int start = text.IndexOf("`answer` says", StringComparison.Ordinal);
        string answer = text[start..text.IndexOf("## Texts, to", StringComparison.Ordinal)];

        Assert.Empty(MissingIn(answer, typeof(PixelAnswer)));
    }

    // The members of a record that a text does not name in code, as `name`, `{name, …}` or `[{…}]`.
    private static IEnumerable<string> MissingIn(string text, Type record)
    {
        string[] code = [.. text.Split('`').Where((_, index) => index % 2 == 1)];
        var named = code.SelectMany(part => part.Split([' ', ',', '{', '}', '[', ']', ':', '.'])).ToHashSet();
        return TypeScript.MembersOf(record).Select(member => TypeScript.JsonName(member.Name)).Where(name => !named.Contains(name));
    }

    private static Dictionary<string, string> RowsUnder(string heading) => Lines
        .SkipWhile(line => line != heading)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .ToDictionary(line => line.Split('`')[1], line => line[(line.IndexOf('|', 1) + 1)..]);
}

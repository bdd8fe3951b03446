namespace LiveConv.Repository.Tests.Words;

/// <summary>Holds every tracked text to the word list of docs/style.md.</summary>
public class WordListTests
{
    // The list itself, and the tests of the search, are made of banned words.
    private static readonly string[] NotSearched = [WordList.Path, "tests/LiveConv.Repository.Tests/Words/WordSearchTests.cs"];

    private static readonly IReadOnlyList<BannedWord> Words = WordList.Parse(TrackedFiles.Read(WordList.Path));

    [Fact]
    public void TrackedTexts_Words_AreNoneOfTheBannedOnes()
    {
        var search = new WordSearch(Words);
        string[] hits =
        [
            .. TrackedFiles.Texts.Except(NotSearched).SelectMany(path => search.Find(path, TrackedFiles.Read(path))
                .Select(hit => $"{path}:{hit.Line}: {hit.Found}: instead of \"{hit.Word.Phrase}\" write {hit.Word.Instead}")),
        ];

        Assert.True(hits.Length == 0, $"{hits.Length} words that {WordList.Path} bans:\n{string.Join('\n', hits)}");
    }

    [Fact]
    public void WordList_InTheStyleGuide_BansWordsAndNames()
    {
        Assert.Contains(Words, word => word is { Phrase: "most", Scope: WordScope.Names });
        Assert.Contains(Words, word => word.Scope == WordScope.Everywhere);
        Assert.All(Words, word => Assert.NotEmpty(word.Instead));
        Assert.Empty(Words.GroupBy(word => word.Phrase).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Parse_RowWithoutAScope_IsRefused() =>
        Assert.Throws<FormatException>(
            () => WordList.Parse("| instead of | write | where | except |\n|---|---|---|---|\n| `word` | other | here | |\n"));
}

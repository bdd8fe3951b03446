namespace LiveConv.Repository.Tests.Words;

public class WordSearchTests
{
    private static readonly WordSearch Search = new(
    [
        new BannedWord("most", "max", WordScope.Names, ["AtMost", "Almost"]),
        new BannedWord("picture", "image", WordScope.Everywhere, ["PictureInPicture"]),
        new BannedWord("the begin", "the start", WordScope.Everywhere, []),
        new BannedWord("tell", "report", WordScope.Advice, []),
    ]);

    [Theory]
    [InlineData("const int MostWidth = 8;", "MostWidth")]
    [InlineData("void Check(int most) { }", "most")]
    [InlineData("StripRows.Most", "Most")]
    [InlineData("// As wide as MostWidth.", "MostWidth")]
    [InlineData("public void Pool_MostThreads_AreBusy()", "Pool_MostThreads_AreBusy")]
    [InlineData("Frame lastPicture;", "lastPicture")]
    [InlineData("// The picture.", "picture")]
    [InlineData("\"Picture 3\"", "Picture")]
    [InlineData("PICTURE_SIZE", "PICTURE_SIZE")]
    [InlineData("// At the  begin of it.", "the  begin")]
    public void Find_BannedWord_IsFound(string code, string found) =>
        Assert.Equal([found], Search.Find("a.cs", code).Select(hit => hit.Found));

    [Theory]
    [InlineData("// At most eight, almost always. Most systems do.")]
    [InlineData("\"at most\"")]
    [InlineData("int almost = 0, utmost = 1;")]
    [InlineData("Pool_AtMostEight_Passes")]
    [InlineData("video.requestPictureInPicture()")]
    [InlineData("void Tell(string text)")]
    [InlineData("// They begin here.")]
    public void Find_AllowedEnglish_IsNotFound(string code) => Assert.Empty(Search.Find("a.cs", code));

    [Fact]
    public void Find_NameBesideItsException_IsFound() =>
        Assert.Equal("mostAtMost", Assert.Single(Search.Find("a.cs", "mostAtMost")).Found);

    [Fact]
    public void Find_Prose_OnlyCompoundsAreNames() =>
        Assert.Equal("MostWidth", Assert.Single(Search.Find("a.md", "Most of it is `MostWidth`.")).Found);

    [Fact]
    public void Find_LaterLines_AreNumbered() =>
        Assert.Equal([2, 4, 4], Search.Find("a.cs", "a\npicture\n\"\"\"\npicture picture\"\"\"\n").Select(hit => hit.Line));

    [Theory]
    [InlineData("""var text = "most"; // most""", "")]
    [InlineData("""Call(@"a\", most, "most");""", "most")]
    [InlineData("/* most\n most */ int most;", "most")]
    [InlineData("char quote = '\"'; int most;", "most")]
    public void Find_NamesAlone_SkipsCommentsAndStrings(string code, string found) =>
        Assert.Equal(found, string.Join(' ', Search.Find("a.cs", code).Select(hit => hit.Found)));
}

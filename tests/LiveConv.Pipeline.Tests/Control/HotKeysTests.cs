namespace LiveConv.Pipeline.Tests.Control;

public class HotKeysTests
{
    // What stands on the keys of q, p, r, s, i and h, and of the brackets where letters stand on them.
    [Theory]
    [InlineData("Russian", "йзкышрхъю", "qprsih[].")]
    [InlineData("Ukrainian", "йзкішрхїю", "qprsih[].")]
    [InlineData("Serbian", "љш", "qi")]
    [InlineData("Greek", "πρσιη", "prsih")]
    [InlineData("Arabic", "ضحقسهاجد", "qprsih[]")]
    [InlineData("Persian", "ضحقسهاجچ", "qprsih[]")]
    [InlineData("Hebrew", "פרדןי", "prsih")]
    [InlineData("Korean", "ㅂㅔㄱㄴㅑㅗ", "qprsih")]
    [InlineData("Georgian", "ქპრსიჰ", "qprsih")]
    [InlineData("Thai", "ๆยพหร้บล", "qprsih[]")]
    [InlineData("full-width", "ｑＰ？［　", "qp?[ ")]
    [InlineData("no digit", "²ª", "²ª")]
    [InlineData("punctuation", "؟。「」", "?.[]")]
    [InlineData("digits", "١۲३４", "1234")]
    public void Of_LettersOfAnotherScript_AreThoseOfTheirPlaces(string script, string typed, string expected)
    {
        string found = new([.. typed.Select(HotKeys.Of)]);
        string upper = new([.. typed.ToUpperInvariant().Select(HotKeys.Of)]);

        Assert.True(found == expected, $"{script}: {found}");
        Assert.True(script == "Georgian" || upper == expected, $"{script} in upper case: {upper}");
    }

    [Fact]
    public void Of_Ascii_IsItselfInLowerCase() =>
        Assert.All(Enumerable.Range(0, 128).Select(i => (char)i), key => Assert.Equal(char.ToLowerInvariant(key), HotKeys.Of(key)));

    [Theory]
    [InlineData("US", 'q', 'q', false, 'q')]
    [InlineData("French, the letter on the key", 'a', 'q', false, 'a')]
    [InlineData("Dvorak, no letter on the key", '\'', 'q', false, '\'')]
    [InlineData("Dvorak, the full stop on a letter's key", '.', 'e', false, '.')]
    [InlineData("Greek q", ';', 'q', false, 'q')]
    [InlineData("Hebrew q", '/', 'q', false, 'q')]
    [InlineData("US semicolon", ';', '\0', false, ';')]
    [InlineData("Bulgarian, another letter than in Russian", 'с', 'i', false, 'i')]
    [InlineData("French 2", 'é', '2', false, '2')]
    [InlineData("US @", '@', '2', true, '@')]
    [InlineData("German, the key of [", 'ü', '[', false, '[')]
    [InlineData("Dvorak, the key of [", '/', '[', false, '[')]
    [InlineData("Turkish F, a letter on the key of [", 'x', '[', false, 'x')]
    [InlineData("US {", '{', '[', true, '{')]
    [InlineData("Turkish i without a dot", 'ı', 'i', false, 'ı')]
    [InlineData("Russian in upper case", 'Х', '[', true, '[')]
    public void Of_KeyInItsPlace_IsTheLatinLetterElseThePlace(string keyboard, char typed, char place, bool hasShift, char expected) =>
        Assert.True(expected == HotKeys.Of(typed, place, hasShift), $"{keyboard}: {HotKeys.Of(typed, place, hasShift)}");
}

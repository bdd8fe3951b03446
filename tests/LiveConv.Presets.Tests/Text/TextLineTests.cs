namespace LiveConv.Presets.Tests.Text;

public class TextLineTests
{
    [Theory]
    [InlineData("plain edges", "plain edges")]
    [InlineData("Kanten größer, ребра, 輪郭, حواف", "Kanten größer, ребра, 輪郭, حواف")]
    [InlineData("\U0001F600 ok", "\U0001F600 ok")]
    [InlineData("a\u001b[31mb\nc", "a?[31mb?c")]
    [InlineData("abc\u202Egpj.exe", @"abc\u202Egpj.exe")]
    [InlineData("\u2066x\u2069", @"\u2066x\u2069")]
    [InlineData("\uFEFFseed", @"\uFEFFseed")]
    [InlineData("se\u200Bed", @"se\u200Bed")]
    [InlineData("se\u00ADed", @"se\u00ADed")]
    [InlineData("\u061C\u200E\u200F", @"\u061C\u200E\u200F")]
    [InlineData("a\u2028b\u2029c", @"a\u2028b\u2029c")]
    [InlineData("a\u3164b\u2800c\u115F", @"a\u3164b\u2800c\u115F")]
    [InlineData("x\U000E0041", @"x\uDB40\uDC41")]
    public void Of_Text_ShowsWhatNobodySees(string text, string shown) => Assert.Equal(shown, TextLine.Of(text));

    [Fact]
    public void Of_HalfACharacter_IsEscaped() => Assert.Equal(@"a\uD800b", TextLine.Of("a" + (char)0xD800 + "b"));
}

using System.Text;
using LiveConv.Convolution;

namespace LiveConv.Presets.Tests;

public class PresetFileTests
{
    private const string Good = """
        {
          "version": 1,
          "name": "A pair",
          "vertical": [
            [1, 0, -1]
          ],
          "horizontal": [[1], [0], [-1]]
        }
        """;

    [Fact]
    public void Parse_OnlyTheNeededMembers_TakesTheDefaults()
    {
        Preset preset = Parse(Good);

        Assert.Equal("a", preset.Id);
        Assert.Equal("A pair", preset.Name);
        Assert.Equal((Operation.Correlation, BorderMode.Mirror), (preset.Bank!.Operation, preset.Bank!.Border));
        Assert.Equal((Response.Abs, 1f), (preset.Bank!.Filters[0].Response, preset.Bank!.Filters[0].Gain));
        Assert.Equal((3, 1), (preset.Bank!.Filters[0].Kernel.Width, preset.Bank!.Filters[0].Kernel.Height));
        Assert.Equal((1, 3), (preset.Bank!.Filters[1].Kernel.Width, preset.Bank!.Filters[1].Kernel.Height));
        Assert.Null(preset.Key);
    }

    [Fact]
    public void Parse_EveryMember_IsTaken()
    {
        Preset preset = Parse(With("""
            "$schema": "x", "key": 7, "description": "d", "citation": "c", "operation": "convolution", "border": "wrap",
            "response": "offset128", "gain": 0.5
            """));

        Assert.Equal((7, "d", "c"), (preset.Key, preset.Description, preset.Source));
        Assert.Equal((Operation.Convolution, BorderMode.Wrap), (preset.Bank!.Operation, preset.Bank!.Border));
        Assert.Equal((Response.Offset128, 0.5f), (preset.Bank!.Filters[1].Response, preset.Bank!.Filters[1].Gain));
    }

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)];

        Assert.Equal("A pair", PresetFile.Parse(bytes, "a.json").Name);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "a.json, line 2, $.version: version 2 is not known; this program reads version 1")]
    [InlineData("\"version\": 1,", "", "a.json, line 1: missing: version")]
    [InlineData("1, 0, -1", "1, 1e999, -1", "a.json, line 5, $.vertical[0][1]: this is not a finite 32-bit number")]
    [InlineData("1, 0, -1", "1, 1e39, -1", "a.json, line 5, $.vertical[0][1]: this is not a finite 32-bit number")]
    [InlineData("1, 0, -1", "1, \"0\", -1", "a.json, line 5, $.vertical[0][1]: a weight is a number")]
    [InlineData("1, 0, -1", "", "a.json, line 5, $.vertical[0]: row 0 is empty")]
    [InlineData("[1, 0, -1]", "", "a.json, line 4, $.vertical: a kernel has at least one row")]
    [InlineData("[1, 0, -1]", "[1, 0, -1], [1]", "a.json, line 5, $.vertical[1]: row 1 has 1 weights, the rows before it 3")]
    [InlineData("[[1], [0], [-1]]", "7", "a.json, line 7, $.horizontal: a kernel is a list of rows, each a list of numbers")]
    [InlineData("\"A pair\"", "\"\"", "a.json, line 3, $.name: a preset needs a name")]
    [InlineData("\"A pair\"", "\"a\\u001b[2J\"", "a.json, line 3, $.name: control characters are not allowed")]
    [InlineData("\"A pair\"", "null", "a.json, line 3, $.name: null does not belong here; give a value or leave the member out")]
    [InlineData("\"A pair\"", "7", "a.json, line 3, $.name: this should be text in quotes")]
    [InlineData("\"A pair\"", "\"A\", \"key\": \"2\"", "a.json, line 3, $.key: this should be a whole number")]
    [InlineData("\"A pair\"", "\"A\", \"key\": 1.5", "a.json, line 3, $.key: this should be a whole number")]
    [InlineData("\"A pair\"", "\"A\", \"gain\": true", "a.json, line 3, $.gain: this should be a number")]
    [InlineData("\"A pair\"", "\"A\", \"anchor\": [1, 2]", "a.json, line 3, $.anchor: this should be an object in braces")]
    [InlineData("\"A pair\"", "\"A\", \"anchor\": {}", "a.json, line 3, $.anchor: missing: x, y")]
    [InlineData("\"A pair\"", "\"A\", \"gian\": 2", "a.json, line 3, $.gian: unknown member 'gian'")]
    [InlineData("\"A pair\"", "\"A\", \"name\": \"B\"", "a.json, line 3, $.name: member 'name' appears twice")]
    [InlineData("\"A pair\"", "\"A\", \"gain\": 1e999", "a.json, line 3, $.gain: the gain is not a finite 32-bit number")]
    [InlineData("\"A pair\"", "\"A\", \"key\": 10", "a.json, line 3, $.key: a key is 1 to 9, not 10")]
    [InlineData(
        "\"A pair\"", "\"A\", \"border\": \"reflect\"",
        "a.json, line 3, $.border: this should be one of zero, replicate, symmetric, mirror, wrap")]
    [InlineData(
        "\"A pair\"", "\"A\", \"border\": 3", "a.json, line 3, $.border: this should be one of zero, replicate, symmetric, mirror, wrap")]
    public void Parse_Fault_IsRefusedWithFileLineAndReason(string part, string instead, string message)
    {
        string json = Good.Replace(part, instead, StringComparison.Ordinal);

        Assert.Equal(message, Assert.Throws<PresetException>(() => Parse(json)).Message);
    }

    [Theory]
    [InlineData("", "a.json, line 1: the file is empty")]
    [InlineData("{ \"version\": 1, \"name\": \"A\", \"layers\": {} }", "a.json, line 1, $.layers: this should be a list in brackets")]
    [InlineData("{ \"version\": 1, }", "a.json, line 1: a comma follows the last member or item")]
    [InlineData("{\n \"version\": 1\n", "a.json, line 3: the file ends before all its braces and brackets are closed")]
    public void Parse_FileThatEndsTooSoon_SaysSo(string text, string message) =>
        Assert.Equal(
            message, Assert.Throws<PresetException>(() => PresetFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), "a.json")).Message);

    [Theory]
    [InlineData("{\n oops\n}", "line 2: 'o' is not expected here; a member starts with its name in quotes")]
    [InlineData("{ \"key\" 1 }", "line 1: a colon is missing after the member's name")]
    [InlineData("{ \"key\": }", "line 1, $.key: '}' is not expected here; a value is text in quotes, a number, a list or an object")]
    [InlineData("{ \"key\": 1 \"name\"", "line 1: '\"' is not expected here; a comma or a closing bracket is missing before it")]
    [InlineData("{ \"key\": 1x }", "line 1, $.key: '1x' is no value; a value is text in quotes, a number, a list or an object")]
    [InlineData("{ \"key\": nil }", "line 1, $.key: 'nil' is no value; a value is text in quotes, a number, a list or an object")]
    [InlineData("{ \"vertical\": [[1], [2,]] }", "line 1, $.vertical: a comma follows the last member or item")]
    [InlineData("{ \"vertical\": [[1}, [2]] }", "line 1, $.vertical: '}' is not expected here; another bracket or brace is open")]
    [InlineData(
        "{ \"name\": \"C:\\x\" }",
        "line 1, $.name: a backslash in text begins no escape here; the backslash itself is written \\\\")]
    [InlineData("{ \"name\": \"a\nb\" }", "line 1, $.name: text contains a line end or control character; close the quotes before it")]
    [InlineData("{\n // comment\n}", "line 2: '/' is not expected here; the file has no comments")]
    [InlineData("x", "line 1: 'x' is not expected here; the file is one object in braces")]
    public void Parse_TextThatIsNoJson_SaysWhatIsWrong(string text, string message) =>
        Assert.Equal("a.json, " + message, Assert.Throws<PresetException>(() => Parse(text)).Message);

    [Fact]
    public void Parse_TextAfterThePreset_IsRefused() =>
        Assert.Equal(
            "a.json, line 8: '{' is not expected here; nothing follows the closing brace",
            Assert.Throws<PresetException>(() => Parse(Good + "{")).Message);

    [Fact]
    public void Parse_Latin1_SaysSaveItAsUtf8()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Good.Replace("A pair", "Kantenpr\u00fcfer", StringComparison.Ordinal));

        Assert.Equal(
            "a.json, line 3: this line is not UTF-8; save the file as UTF-8",
            Assert.Throws<PresetException>(() => PresetFile.Parse(bytes, "a.json")).Message);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Parse_Utf16_SaysSaveItAsUtf8(bool isBigEndian, bool hasMark)
    {
        var encoding = new UnicodeEncoding(isBigEndian, hasMark);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Good)];

        Assert.Equal(
            "a.json, line 1: the file is UTF-16; save it as UTF-8",
            Assert.Throws<PresetException>(() => PresetFile.Parse(bytes, "a.json")).Message);
    }

    [Theory]
    [InlineData("\"A pair\"", "\"\\ud800\"", "line 3, $.name: ")]
    [InlineData("\"A pair\"", "\"A\", \"border\": \"\\udc00\"", "line 3, $.border: ")]
    [InlineData("\"vertical\"", "\"\\ud800\"", "line 1: ")]
    public void Parse_HalfACharacter_SaysSaveItAsUtf8(string part, string instead, string place)
    {
        string json = Good.Replace(part, instead, StringComparison.Ordinal);

        string message = Assert.Throws<PresetException>(() => Parse(json)).Message;

        Assert.StartsWith("a.json, " + place, message, StringComparison.Ordinal);
        Assert.EndsWith("save the file as UTF-8", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"version\": 1,}")]
    [InlineData("// comment\n{}")]
    [InlineData("\u0000")]
    public void Parse_NotAnObject_IsRefusedInOneLine(string json)
    {
        string message = Assert.Throws<PresetException>(() => Parse(json)).Message;

        Assert.StartsWith("a.json, line ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", message, StringComparison.Ordinal);
        Assert.DoesNotContain("LiveConv.", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void Parse_KernelSide_IsAtMost31(int side, bool fits)
    {
        string row = $"[{string.Join(",", Enumerable.Repeat("1", side))}]";
        string square = $"[{string.Join(",", Enumerable.Repeat(row, side))}]";
        string json = Good.Replace("[[1], [0], [-1]]", square, StringComparison.Ordinal);

        if (fits)
        {
            Assert.Equal(side, Parse(json).Bank!.Filters[1].Kernel.Height);
        }
        else
        {
            Assert.Contains("31", Assert.Throws<PresetException>(() => Parse(json)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        string json = With("\"citation\": " + new string('[', 5000));

        Assert.Throws<PresetException>(() => Parse(json));
    }

    [Fact]
    public void Read_MoreThan64KiB_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("big.json", Good + new string(' ', PresetFile.MaxBytes));

        Assert.Contains(
            "larger than 64 KiB", Assert.Throws<PresetException>(() => PresetFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_SaysSo()
    {
        Assert.Equal("none.json: there is no such file", Assert.Throws<PresetException>(() => PresetFile.Read("none.json")).Message);
    }

    private static Preset Parse(string json) => PresetFile.Parse(Encoding.UTF8.GetBytes(json), "a.json");

    private static string With(string members) => Good.Replace("\"version\": 1", $"\"version\": 1, {members}", StringComparison.Ordinal);
}

using System.Text.RegularExpressions;

namespace LiveConv.App.Tests.Terminal;

/// <summary>Keys and QR codes in a real terminal.</summary>
public sealed partial class TerminalTests
{
    [SkippableTheory]
    [InlineData("US", "q")]
    [InlineData("Russian", "й")]
    [InlineData("Serbian", "љ")]
    [InlineData("Arabic", "ض")]
    [InlineData("Korean", "ㅂ")]
    [InlineData("full-width", "ｑ")]
    public async Task Key_ThatIsQOnItsKeyboard_EndsTheRun(string keyboard, string key)
    {
        PseudoTerminal.Need();

        (int exitCode, string output) = await PseudoTerminal.RunAsync(key, "test scene", ["--source", "test", "--view", "none"]);

        Assert.True(exitCode == 0, $"{keyboard}: exit code {exitCode}: {output}");
    }

    [SkippableFact]
    public async Task Page_OpenToOthers_ShowsTheGuestsAddressAsAQrCode()
    {
        PseudoTerminal.Need();
        QrImage.Need();

        (_, string output) = await PseudoTerminal.RunAsync("q", "the maps are at", ["--source", "test", "--listen", "127.0.0.1"]);

        string guests = Guests().Match(output).Groups[1].Value;
        Assert.Contains("?token=", guests, StringComparison.Ordinal);
        string[] code = [.. CodeLine().Matches(output).Select(line => line.Groups[1].Value)];
        Assert.Equal(guests, await QrImage.DecodeAsync(code, isBlockDark: true));
    }

    [SkippableTheory]
    [InlineData(30, "the terminal is too narrow for a QR code")]
    [InlineData(100, "")]
    public async Task Page_WithoutRoomOrOthers_ShowsNoQrCode(int columns, string reason)
    {
        PseudoTerminal.Need();
        string[] arguments = reason.Length > 0 ? ["--source", "test", "--listen", "127.0.0.1"] : ["--source", "test"];

        (int exitCode, string output) = await PseudoTerminal.RunAsync("q", "the maps are at", arguments, columns);

        Assert.Equal(0, exitCode);
        Assert.Contains(reason, output.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.DoesNotContain('▄', output);
    }

    // Black on white; what else stands in a line is between the program and the terminal.
    [GeneratedRegex("\u001b\\[38;5;16;48;5;231m([█▀▄ ]+)\u001b\\[0m")]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"guests look on at (\S+)")]
    private static partial Regex Guests();
}

namespace LiveConv.Pipeline.Tests.Control;

public class LiveCommandTests
{
    [Theory]
    [InlineData("qQ", LiveAction.Quit)]
    [InlineData("pP ", LiveAction.TogglePause)]
    [InlineData(".", LiveAction.Step)]
    [InlineData("rR", LiveAction.ToggleRecord)]
    [InlineData("sS", LiveAction.Snapshot)]
    [InlineData("[", LiveAction.PreviousPreset)]
    [InlineData("]", LiveAction.NextPreset)]
    [InlineData("iI", LiveAction.ToggleStatistics)]
    [InlineData("?hH", LiveAction.ToggleHelp)]
    public void FromKey_KnownKeys_AskForTheAction(string keys, LiveAction action) =>
        Assert.All(keys, key => Assert.Equal(new LiveCommand(action), LiveCommand.FromKey(key)));

    [Fact]
    public void FromKey_Digits_AskForThePresetWithThatNumber() =>
        Assert.All(
            Enumerable.Range(1, 9),
            n => Assert.Equal(new LiveCommand(LiveAction.SelectPreset, n - 1), LiveCommand.FromKey((char)('0' + n))));

    [Fact]
    public void FromKey_EveryOtherCharacter_MeansNothing()
    {
        const string Known = "qQpP .rRsS[]iI?hH123456789";

        Assert.All(
            Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => !Known.Contains(c, StringComparison.Ordinal)),
            key => Assert.Null(LiveCommand.FromKey(key)));
    }

    [Fact]
    public void Help_EveryAction_IsThereWithAKeyThatWorks()
    {
        LiveAction[] listed = [.. LiveCommand.Help
            .SelectMany(
                line => line.Keys.Replace("Space", " ", StringComparison.Ordinal).Replace("1-9", "19", StringComparison.Ordinal)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(keys => keys)
            .Select(key => LiveCommand.FromKey(key)!.Value.Action)];

        Assert.Equal(Enum.GetValues<LiveAction>(), listed.Distinct().Order());
    }
}

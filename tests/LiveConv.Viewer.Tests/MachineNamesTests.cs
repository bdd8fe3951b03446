namespace LiveConv.Viewer.Tests;

public sealed class MachineNamesTests
{
    private static readonly MachineNames Names =
        new("desk.school.example", ["corp.example"], Task.FromResult<string?>("desk.dns.example"));

    [Theory]
    [InlineData("desk")]
    [InlineData("DESK.Local")]
    [InlineData("desk.school.example")]
    [InlineData("desk.corp.example")]
    [InlineData("desk.dns.example")]
    [InlineData("desk.fritz.box")]
    [InlineData("desk-12.local")]
    public void Contains_NameOfTheMachine_True(string host) => Assert.True(Names.Contains(host));

    [Theory]
    [InlineData("")]
    [InlineData("local")]
    [InlineData("school.example")]
    [InlineData("desk.evil.example")]
    [InlineData("desk-2.lan")]
    [InlineData("desk-1234.local")]
    [InlineData("desk.local.")]
    public void Contains_NameOfAnother_False(string host) => Assert.False(Names.Contains(host));

    [Fact]
    public void Contains_CanonicalNameOfAnotherMachine_False() =>
        Assert.False(new MachineNames("desk", [], Task.FromResult<string?>("server.evil.example")).Contains("server.evil.example"));

    [Fact]
    public void Contains_WhileTheResolverIsSilent_AnswersAtOnce()
    {
        var never = new TaskCompletionSource<string?>();

        Assert.False(new MachineNames("desk", [], never.Task).Contains("desk.school.example"));
    }
}

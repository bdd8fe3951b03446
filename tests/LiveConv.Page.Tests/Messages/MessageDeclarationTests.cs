using System.Text.Json.Nodes;
using LiveConv.Pipeline;

namespace LiveConv.Page.Tests;

/// <summary>The page's scripts are checked against messages.d.ts, and that file against the C# records.</summary>
public sealed class MessageDeclarationTests
{
    private const string Variable = "LIVECONV_WRITE_MESSAGES";
    private static readonly string Declared = RepositoryFiles.PathOf("src", "LiveConv.Page", "wwwroot", "session", "messages.d.ts");

    [Fact]
    public void Declarations_OfTheMessages_AreThoseOfTheRecords()
    {
        string expected = Declare();
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(Declared, expected);
        }

        Assert.True(
            expected == File.ReadAllText(Declared).ReplaceLineEndings("\n"),
            $"{Declared} is not what the records say; {Variable}=1 dotnet test tests/LiveConv.Page.Tests writes it anew");
    }

    [Fact]
    public void Bodies_OfThePagesMessages_AreDeclaredForEveryKind() =>
        Assert.Equal(Enum.GetValues<InboundKind>(), Protocol.Bodies.Keys.Order());

    private static string NameOnTheWay(Type message) => message == typeof(StateMessage) ? "StateChange" : message.Name;

    private static string Declare()
    {
        var file = new TypeScript();
        file.Line("// The text messages between LiveConv and the page. Written from the C# records; do not edit:");
        file.Line($"// {Variable}=1 dotnet test tests/LiveConv.Page.Tests");
        file.Line("");
        file.Line("/** A message to the page. */");
        file.Line($"export type Message = {string.Join(" | ", Protocol.ToPage.Values.Select(NameOnTheWay))};");
        file.Line("");
        file.Line("/** The state: the first time all of it, then the members that changed. */");
        file.Line("export type StateChange = Pick<StateMessage, \"type\"> & Partial<StateMessage>;");
        file.Line("");
        file.Line("/** A message of the page: an object with one member. */");
        file.Line("export type PageMessage =");
        file.Line(string.Join("\n", Protocol.Bodies.Select(body => $"  | {{ {TypeScript.JsonName($"{body.Key}")}: {body.Value} }}")) + ";");
        file.Line("");
        IEnumerable<string> recorders = Enum.GetValues<DropCause>()
            .Where(cause => cause.IsInRecorder()).Select(cause => $"\"{cause.Name()}\"");
        file.Line("/** The causes for which a frame is missing in the recording. */");
        file.Line($"export type RecorderDropCause = {string.Join(" | ", recorders)};");
        file.Line("");
        JsonNode schema = JsonNode.Parse(File.ReadAllText(RepositoryFiles.PathOf("presets", "preset.schema.json")))!;
        file.Line("/** A preset as it stands in files, written from its schema. */");
        file.Line($"export interface PresetDocument {SchemaTypes.Of(schema)}");
        file.Line("");
        foreach (Type record in Protocol.ToPage.Values.Concat(Protocol.BodyRecords.Values))
        {
            file.Declare(record);
        }

        return file.ToString().TrimEnd('\n') + "\n";
    }
}

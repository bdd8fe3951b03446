using System.Text.Json;
using System.Text.RegularExpressions;
using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>Turns the JSON reader's messages, which speak of .NET types, into a line and a reason for people.</summary>
internal static partial class JsonReason
{
    /// <summary>What the value of a type looks like in a file.</summary>
    private static readonly Dictionary<string, string> Wanted = new()
    {
        ["System.String"] = "text in quotes",
        ["System.Int32"] = "a whole number",
        ["System.Single"] = "a number",
        [typeof(Operation).FullName!] = OneOf<Operation>(),
        [typeof(BorderMode).FullName!] = OneOf<BorderMode>(),
        [typeof(Response).FullName!] = OneOf<Response>(),
    };

    /// <summary>Explains a fault.</summary>
    /// <param name="fault">What the reader threw.</param>
    /// <param name="json">The text that it read.</param>
    /// <returns>The line, from 1, and the reason.</returns>
    public static (long Line, string Reason) Explain(JsonException fault, ReadOnlySpan<byte> json)
    {
        string message = fault.Message;
        long line = (fault.LineNumber ?? 0) + 1;
        if (UnknownMember().Match(message) is { Success: true } unknown)
        {
            return (line, $"unknown member '{unknown.Groups[1].Value}'");
        }

        if (Duplicate().Match(message) is { Success: true } duplicate)
        {
            return (line, $"member '{duplicate.Groups[1].Value}' stands twice");
        }

        // These three are noticed at the end of the text or of the object; the reader's line says nothing.
        if (Missing().Match(message) is { Success: true } missing)
        {
            return (JsonLocation.LineOf(json, fault.Path ?? "$"), $"missing: {missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)}");
        }

        if (message.Contains("doesn't allow", StringComparison.Ordinal))
        {
            return (JsonLocation.LineOf(json, fault.Path ?? "$"), "null does not belong here; give a value or leave the member out");
        }

        if (WrongType().Match(message) is { Success: true } wrong)
        {
            // For text the reader names the type around it; only the cause tells.
            bool isText = fault.InnerException is InvalidOperationException e && e.Message.EndsWith("as a string.", StringComparison.Ordinal);
            string type = isText ? typeof(string).FullName! : wrong.Groups[1].Value;
            string wanted = Wanted.GetValueOrDefault(type, "something else (preset.schema.json says what)");
            return (JsonLocation.LineOf(json, fault.Path ?? "$"), $"this should be {wanted}");
        }

        return (line, PathSuffix().Replace(message, "").TrimEnd('.'));
    }

    private static string OneOf<T>()
        where T : struct, Enum =>
        "one of " + string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    [GeneratedRegex("^The JSON property '(.*?)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("^Duplicate property '(.*?)' encountered", RegexOptions.Singleline)]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"missing required properties including: (.*?)\.$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?([\w.]+?)\]?\. Path")]
    private static partial Regex WrongType();

    [GeneratedRegex(" (Path|LineNumber): .*$", RegexOptions.Singleline)]
    private static partial Regex PathSuffix();
}

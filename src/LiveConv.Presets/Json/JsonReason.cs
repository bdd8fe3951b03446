using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveConv.Presets;

/// <summary>Turns the JSON reader's messages, which speak of .NET types, into a place and a reason for people.</summary>
internal static partial class JsonReason
{
    /// <summary>What the value of a type looks like in a file.</summary>
    private static readonly Dictionary<string, string> Wanted = new()
    {
        ["System.String"] = "text in quotes",
        ["System.Int32"] = "a whole number",
        ["System.Single"] = "a number",
        ["System.Collections.Generic.List"] = "a list in brackets",
    };

    /// <summary>Explains a fault.</summary>
    /// <param name="fault">What the reader threw.</param>
    /// <param name="json">The text that it read.</param>
    /// <returns>The line, from 1, the path of the member, and the reason.</returns>
    public static (long Line, string Path, string Reason) Explain(JsonException fault, ReadOnlySpan<byte> json)
    {
        string path = fault.Path ?? "$";
        if (fault is KernelRowsException kernel)
        {
            path += kernel.Place;
            return (JsonLocation.LineOf(json, path), path, kernel.Message);
        }

        // Only where the text itself is broken does the reader know the line; elsewhere it may have read on.
        return ReasonOf(fault) is { } reason
            ? (JsonLocation.LineOf(json, path), path, reason)
            : ((fault.LineNumber ?? 0) + 1, path, Brokenness(PathSuffix().Replace(fault.Message, "").TrimEnd('.')));
    }

    // What people meet most often in the reader's own words.
    private static string Brokenness(string message) =>
        message.StartsWith("Expected depth to be zero", StringComparison.Ordinal)
        ? "the file ends before all its braces and brackets are closed"
        : message.StartsWith("The input does not contain any JSON tokens", StringComparison.Ordinal) ? "the file is empty"
        : message.Contains("trailing comma", StringComparison.Ordinal) ? "a comma stands after the last one"
        : message;

    private static string? ReasonOf(JsonException fault)
    {
        string message = fault.Message;
        if (fault is WordException)
        {
            return message;
        }

        if (UnknownMember().Match(message) is { Success: true } unknown)
        {
            return $"unknown member '{unknown.Groups[1].Value}'";
        }

        if (Duplicate().Match(message) is { Success: true } duplicate)
        {
            return $"member '{duplicate.Groups[1].Value}' stands twice";
        }

        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"missing: {missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)}";
        }

        if (message.Contains("doesn't allow", StringComparison.Ordinal))
        {
            return "null does not belong here; give a value or leave the member out";
        }

        return WrongType().Match(message) is { Success: true } wrong ? $"this should be {WantedFor(fault, wrong.Groups[1].Value)}" : null;
    }

    // For text the reader names the type around it; only the cause tells.
    private static string WantedFor(JsonException fault, string type)
    {
        bool isText = fault.InnerException is InvalidOperationException e && e.Message.EndsWith("as a string.", StringComparison.Ordinal);
        return Wanted.GetValueOrDefault(isText ? typeof(string).FullName! : type, "an object in braces");
    }

    [GeneratedRegex("^The JSON property '(.*?)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("^Duplicate property '(.*?)' encountered", RegexOptions.Singleline)]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"missing required properties including: (.*?)\.$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?([\w.]*\w)")]
    private static partial Regex WrongType();

    [GeneratedRegex(" (Path|LineNumber): .*$", RegexOptions.Singleline)]
    private static partial Regex PathSuffix();
}

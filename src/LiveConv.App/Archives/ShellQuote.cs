namespace LiveConv.App;

/// <summary>Writes words for a shell.</summary>
internal static class ShellQuote
{
    /// <summary>A word, in quotes where the shell would read it otherwise.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or '=' or ':' or ',' or '@')
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

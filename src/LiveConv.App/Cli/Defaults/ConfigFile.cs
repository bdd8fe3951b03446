using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>A default of an option.</summary>
/// <param name="Command">The command that it is for; empty for all.</param>
/// <param name="Option">The option's name without dashes.</param>
/// <param name="Value">Its value.</param>
/// <param name="Place">Where it stands, for messages.</param>
internal sealed record DefaultValue(string Command, string Option, string Value, string Place);

/// <summary>The configuration file: <c>option = value</c> on each line, <c>[process]</c> before those of one command.</summary>
internal static class ConfigFile
{
    /// <summary>Names the file in place of the user's own; empty for none.</summary>
    public const string Variable = "LIVECONV_CONFIG";

    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the file.</summary>
    /// <returns>The defaults in it; none when there is no file.</returns>
    /// <exception cref="UsageException">A line is no default, or the named file cannot be read.</exception>
    public static IReadOnlyList<DefaultValue> Read()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        string? path = named ?? (PresetLibrary.UserDirectory is { } presets
            ? Path.Combine(Path.GetDirectoryName(presets)!, "config")
            : null);
        if (string.IsNullOrEmpty(path) || (named is null && !File.Exists(path)))
        {
            return [];
        }

        try
        {
            if (named is null && FileStatus.Of(path) is { IsOfAnother: true })
            {
                throw new UsageException($"{path} belongs to another account: set {Variable} to another file, or to nothing");
            }

            using var text = new StreamReader(new MemoryStream(PlainFile.ReadAll(path, MaxBytes)));
            return Parse(path, text.ReadToEnd().ReplaceLineEndings("\n").Split('\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the configuration file {path} cannot be read: {TextLine.Of(e.Message)}", e);
        }
    }

    private static List<DefaultValue> Parse(string path, string[] lines)
    {
        var values = new List<DefaultValue>();
        string command = "";
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            string place = $"{path}, line {i + 1}";
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                command = line[1..^1].Trim();
                if (!Defaults.Commands.Contains(command))
                {
                    throw new UsageException(
                        $"{place}: [{command}] is no section: there is one, [{string.Join("], [", Defaults.Commands.Skip(1))}]");
                }
            }
            else if (equals > 0)
            {
                string name = line[..equals].Trim().TrimStart('-');
                values.Add(new DefaultValue(command, name, line[(equals + 1)..].Trim(), place));
            }
            else
            {
                throw new UsageException($"{place}: a line is option = value, as in preset = sobel; got \"{line}\"");
            }
        }

        return values;
    }
}

using System.CommandLine;
using System.CommandLine.Help;

namespace LiveConv.App;

/// <summary>
/// Defaults of options that the command line does not give: from <c>LIVECONV_*</c>, then from the configuration file. They are read as if
/// they stood on the command line, so that they take the same values and report the same errors.
/// </summary>
/// <param name="root">The program.</param>
/// <param name="parser">How command lines are read.</param>
internal sealed class Defaults(RootCommand root, ParserConfiguration parser)
{
    private const string Prefix = "LIVECONV_";

    /// <summary>The commands that have defaults: the live run, which has no name, and others.</summary>
    public static readonly string[] Commands = ["", "process"];

    // Of options that say the same thing, one on the command line is the answer, whatever is the default of the other.
    private static readonly string[][] Alternatives = [["--at-end", "--loop"], ["--open", "--no-open"]];

    /// <summary>Adds the defaults to a command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="parsed">The same, without errors.</param>
    /// <returns>The command line with the defaults.</returns>
    /// <exception cref="UsageException">A default is wrong; the message says where it stands.</exception>
    public ParseResult AddTo(string[] args, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command == root ? "" : command.Name;
        if (!Commands.Contains(name) || (command != root && command.Parents.FirstOrDefault() != root))
        {
            return parsed;
        }

        IReadOnlyList<DefaultValue> file = ConfigFile.Read();
        CheckNames(file);
        int at = name.Length == 0 ? 0 : Array.IndexOf(args, name) + 1;
        List<string> all = [.. args];
        string[] decided =
            [.. OptionsOf(command).Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        foreach (Option option in OptionsOf(command).Where(option => !IsDecided(option.Name, decided)))
        {
            if (Find(option, name, file) is { } value)
            {
                Check(command, option, value);
                all.InsertRange(at, [option.Name, value.Value]);
            }
        }

        return all.Count == args.Length ? parsed : root.Parse([.. all], parser);
    }

    private static bool IsDecided(string option, string[] decided) =>
        decided.Contains(option) || Array.Exists(Alternatives, names => names.Contains(option) && names.Any(decided.Contains));

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Where(option => option is not (HelpOption or VersionOption));

    private static string VariableOf(Option option) =>
        Prefix + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    private static DefaultValue? Find(Option option, string command, IReadOnlyList<DefaultValue> file)
    {
        string variable = VariableOf(option);
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
        {
            return new DefaultValue(command, option.Name[2..], value, variable);
        }

        // The command's own before those of all; of two lines the last.
        return file.Where(line => $"--{line.Option}" == option.Name && (line.Command.Length == 0 || line.Command == command))
            .OrderBy(line => line.Command.Length).LastOrDefault();
    }

    private void Check(Command command, Option option, DefaultValue value)
    {
        string[] words = [.. command == root ? [] : new[] { command.Name }, option.Name, value.Value];
        ParseResult alone = root.Parse(words, parser);
        if (alone.UnmatchedTokens.Count > 0 && option.ValueType == typeof(bool))
        {
            throw new UsageException($"{value.Place}: {option.Name} takes true or false; got \"{value.Value}\"");
        }

        if (alone.GetResult(option)?.Errors.FirstOrDefault() is { } error)
        {
            throw new UsageException($"{value.Place}: {error.Message}");
        }
    }

    private void CheckNames(IReadOnlyList<DefaultValue> file)
    {
        foreach (DefaultValue line in file)
        {
            string[] known =
            [
                .. Commands.Where(command => line.Command.Length == 0 || command == line.Command)
                    .SelectMany(command => OptionsOf(command.Length == 0 ? root : root.Subcommands.Single(one => one.Name == command)))
                    .Select(option => option.Name[2..]).Distinct(),
            ];
            if (!known.Contains(line.Option))
            {
                string likely = Suggestion.For(line.Option, known) is { } near ? $": did you mean {near}?" : "";
                throw new UsageException($"{line.Place}: there is no option {line.Option}{likely}");
            }
        }
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace LiveConv.App;

/// <summary>Reads command lines: with defaults from the environment and the configuration file, and errors of one line.</summary>
internal sealed class CommandLine
{
    // A file may be called @something: no argument names a file of further arguments.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };
    private readonly RootCommand root;
    private readonly Option help;
    private readonly Option version;

    /// <summary>Completes a program's definition: help, version, and what every argument refuses.</summary>
    public CommandLine(RootCommand root)
    {
        this.root = root;
        help = root.Options.OfType<HelpOption>().Single();
        help.Action = new PrintHelp();
        version = root.Options.OfType<VersionOption>().Single();
        version.Aliases.Add("-V");
        foreach (Argument argument in CommandReference.Of(root).All.SelectMany(command => command.Command.Arguments))
        {
            argument.Validators.Add(RefuseEmpty);
        }
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="args">What stands behind the program's name.</param>
    /// <returns>A command line that can be invoked.</returns>
    /// <exception cref="UsageException">It is wrong; the message says where.</exception>
    public ParseResult Parse(string[] args)
    {
        // "help export" is not known by its parent, so all commands are named: "help preset export".
        string[] given = args is ["help", ..] ? [.. args[1..], help.Name] : args;
        ParseResult parsed = root.Parse(given, Parser);
        if (parsed.UnmatchedTokens is [{ } first, ..])
        {
            throw Unmatched(parsed, first);
        }

        if (OptionAsArgument(parsed) is { } option)
        {
            throw Unmatched(parsed, option);
        }

        RefuseOptionsBeforeCommand(parsed);

        if (parsed.GetResult(help) is { Implicit: false })
        {
            return parsed;
        }

        if (parsed.Errors.Count > 0)
        {
            throw Error(parsed, Options.FirstError(parsed));
        }

        // Neither the version nor a directive such as [suggest] depends on anybody's defaults.
        bool isFree = parsed.GetResult(version) is { Implicit: false } || given is [['[', ..], ..];
        return isFree ? parsed : new Defaults(root, Parser).AddTo(given, parsed);
    }

    private static UsageException Error(ParseResult parsed, string message) =>
        new($"{message} ({CommandReference.Of(parsed.CommandResult.Command).Path} --help lists all options)");

    // Where an argument is missing, a misspelt option would be it. Behind -- everything is an argument.
    private static string? OptionAsArgument(ParseResult parsed)
    {
        int free = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Count();
        return parsed.Tokens.Take(free)
            .Where(token => token.Type == TokenType.Argument && token.Value is ['-', '-', _, ..] && !File.Exists(token.Value))
            .Where(token => parsed.CommandResult.Children.OfType<ArgumentResult>().Any(argument => argument.Tokens.Contains(token)))
            .Select(token => token.Value).FirstOrDefault();
    }

    // An option of the live run does nothing for a command behind it.
    private static void RefuseOptionsBeforeCommand(ParseResult parsed)
    {
        for (SymbolResult? above = parsed.CommandResult.Parent; above is CommandResult command; above = command.Parent)
        {
            OptionResult? lost = command.Children.OfType<OptionResult>()
                .FirstOrDefault(result => result is { Implicit: false, Option.Recursive: false });
            if (lost is not null)
            {
                CommandReference behind = CommandReference.Of(parsed.CommandResult.Command);
                string has = behind.Options.Any(option => option.Name == lost.Option.Name)
                    ? $"put it behind {behind.Command.Name}"
                    : $"{behind.Path} has no such option";
                throw Error(parsed, $"{lost.Option.Name} stands before the command {behind.Command.Name}: {has}");
            }
        }
    }

    private static UsageException Unmatched(ParseResult parsed, string word)
    {
        CommandReference command = CommandReference.Of(parsed.CommandResult.Command);
        bool isOption = word.Length > 1 && word[0] == '-' && !word.Contains(' ', StringComparison.Ordinal);
        string name = isOption ? word.Split('=')[0] : word;
        IEnumerable<string> known = isOption
            ? command.Options.Select(option => option.Name)
            : command.Children.Select(child => child.Command.Name);
        string likely = Suggestion.For(name, known) is { } near ? $": did you mean {near}?" : "";
        string wrong = isOption ? $"{command.Path} has no option {name}"
            : command.Children.Any() ? $"{command.Path} has no command \"{word}\""
            : command.Command.Arguments.Count == 0 ? $"{command.Path} takes options only; got \"{word}\""
            : $"{command.Path} takes {string.Join(" and ", command.Command.Arguments.Select(argument => argument.Name))}; "
                + $"\"{word}\" is one too many";
        return Error(parsed, $"{wrong}{likely}");
    }

    private static void RefuseEmpty(ArgumentResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{result.Argument.Name} is empty: is a variable of the shell not set?");
        }
    }
}

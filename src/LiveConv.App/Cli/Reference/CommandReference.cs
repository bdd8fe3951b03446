using System.CommandLine;
using System.CommandLine.Help;

namespace LiveConv.App;

/// <summary>
/// A command as the help, the man page and the completions describe it: all of them are made of the definitions that the parser uses.
/// </summary>
/// <param name="Path">The words that call it, such as <c>liveconv preset export</c>.</param>
/// <param name="Command">Its definition.</param>
internal sealed record CommandReference(string Path, Command Command)
{
    /// <summary>The program's name.</summary>
    public const string Program = "liveconv";

    // Longer lists of words stand in the description.
    private const int MaxWords = 48;

    /// <summary>The words behind the program's name.</summary>
    public string[] Words => Path.Split(' ')[1..];

    /// <summary>The commands below it.</summary>
    public IEnumerable<CommandReference> Children =>
        Command.Subcommands.Where(child => !child.Hidden).Select(child => new CommandReference($"{Path} {child.Name}", child));

    /// <summary>Its options, those of every command last.</summary>
    public IReadOnlyList<Option> Options
    {
        get
        {
            IEnumerable<Option> inherited = Command.Parents.OfType<Command>().SelectMany(Ancestors).SelectMany(parent => parent.Options)
                .Where(option => option.Recursive);
            return [.. Command.Options.Concat(inherited).Where(option => !option.Hidden)
                .OrderBy(option => option is HelpOption or VersionOption || option.Recursive)];
        }
    }

    /// <summary>It and all commands below it.</summary>
    public IEnumerable<CommandReference> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The reference of the whole program.</summary>
    public static CommandReference Of(RootCommand root) => new(Program, root);

    /// <summary>The reference of a command.</summary>
    public static CommandReference Of(Command command) => new(
        string.Join(' ', Ancestors(command).Reverse().Select(one => one is RootCommand ? Program : one.Name)), command);

    /// <summary>The words that an option takes, when there are few enough to choose from.</summary>
    public static string[] WordsOf(Option option) => option.HelpName?.Split('|') is { Length: > 1 } words ? words : [];

    /// <summary>The option with its value: <c>--size WxH</c>.</summary>
    public static string Usage(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias[0] == '-').Append(option.Name).Order(ByLength));
        string? value = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0 ? null
            : option.HelpName is { Length: <= MaxWords } name ? name
            : "WORD";
        return value is null ? names : $"{names} {value}";
    }

    /// <summary>What an option does, with the words that <see cref="Usage(Option)"/> has no place for.</summary>
    public static string TextOf(Option option) => option.HelpName is { Length: > MaxWords }
        ? $"{option.Description}: {string.Join(", ", WordsOf(option))}"
        : option.Description ?? "";

    /// <summary>The command line in short: <c>liveconv process IN OUT [options]</c>.</summary>
    public string UsageLine()
    {
        IEnumerable<string> arguments = Command.Arguments.Select(argument =>
            argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}…" : argument.Name);
        string commands = Command.Subcommands.Count == 0 ? "" : Command.Action is null ? " COMMAND" : " [COMMAND]";
        return $"{string.Join(' ', arguments.Prepend(Path))}{commands} [options]";
    }

    private static readonly Comparer<string> ByLength =
        Comparer<string>.Create((a, b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));

    private static IEnumerable<Command> Ancestors(Command command) =>
        command.Parents.OfType<Command>().SelectMany(Ancestors).Prepend(command);
}

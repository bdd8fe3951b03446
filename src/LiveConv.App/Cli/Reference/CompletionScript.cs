using System.CommandLine;
using System.Text;

namespace LiveConv.App;

/// <summary>Scripts with which shells complete the commands, options and words of the program, and the names of presets.</summary>
internal static class CompletionScript
{
    /// <summary>The shells.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    // Prints nothing when it fails.
    private const string Presets = "liveconv preset list --names 2>/dev/null";

    /// <summary>Writes the script for a shell.</summary>
    /// <param name="program">The program.</param>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string Of(CommandReference program, string shell) => shell switch
    {
        "bash" => Bash(program),
        "zsh" => Zsh(program),
        "fish" => Fish(program),
        _ => PowerShell(program),
    };

    private static string Bash(CommandReference program) => $$"""
        # bash completion for liveconv: source it, or put it into ~/.local/share/bash-completion/completions/liveconv
        _liveconv() {
            local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path= w
            for w in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case "$path $w" in
        {{Cases(program, "path=\"$path $w\"")}}
                esac
            done
            COMPREPLY=()
            case "$path $before" in
        {{Values(program, words => $"{Reply(words)}; return", $"{Reply($"$({Presets})")}; return")}}
            esac
            if [[ $word == -* ]]; then
                case "$path" in
        {{Lists(program, options: true, Reply)}}
                esac
            else
                case "$path" in
        {{Lists(program, options: false, Reply)}}
                esac
            fi
        }
        complete -o default -F _liveconv liveconv

        """;

    private static string Zsh(CommandReference program) => $$"""
        #compdef liveconv
        # zsh completion for liveconv: put it as _liveconv into a folder of $fpath
        _liveconv() {
            local word=${words[CURRENT]} before=${words[CURRENT-1]} path_= w
            for w in ${words[2,CURRENT-1]}; do
                case "$path_ $w" in
        {{Cases(program, "path_=\"$path_ $w\"")}}
                esac
            done
            case "$path_ $before" in
        {{Values(program, words => $"compadd -- {words}; return", $"compadd -- $({Presets}); return")}}
            esac
            if [[ $word == -* ]]; then
                case "$path_" in
        {{Lists(program, options: true, words => $"compadd -- {words}")}}
                esac
            else
                case "$path_" in
        {{Lists(program, options: false, words => $"compadd -- {words}")}}
                esac
                _files
            fi
        }
        if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _liveconv "$@"; else compdef _liveconv liveconv; fi

        """;

    private static string Fish(CommandReference program)
    {
        var script = new StringBuilder("# fish completion for liveconv: put it into ~/.config/fish/completions/liveconv.fish\n");
        foreach (CommandReference command in program.All)
        {
            string[] words = command.Words;
            string isHere = words.Length == 0
                ? "not __fish_seen_subcommand_from " + string.Join(' ', program.Children.Select(child => child.Command.Name))
                : string.Join("; and ", words.Select(word => $"__fish_seen_subcommand_from {word}"));
            foreach (CommandReference child in command.Children)
            {
                string summary = Quote(DescriptionBlock.Summary(child.Command.Description));
                script.Append($"complete -c liveconv -n '{isHere}' -a {child.Command.Name} -d '{summary}'\n");
            }

            foreach (Option option in command.Options)
            {
                string takes = CommandReference.WordsOf(option) is { Length: > 0 } choices ? $" -x -a '{string.Join(' ', choices)}'"
                    : option.Name == "--preset" ? $" -x -a '({Presets})'"
                    : CommandReference.Usage(option).Contains(' ', StringComparison.Ordinal) ? " -r" : "";
                script.Append(
                    $"complete -c liveconv -n '{isHere}' -l {option.Name[2..]}{takes} -d '{Quote(option.Description ?? "")}'\n");
            }
        }

        return script.ToString();
    }

    private static string PowerShell(CommandReference program)
    {
        var script = new StringBuilder("""
            # PowerShell completion for liveconv: add it to $PROFILE
            Register-ArgumentCompleter -Native -CommandName liveconv -ScriptBlock {
                param($word, $ast, $cursor)
                $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
                if ($word -ne '' -and $words.Count -gt 0) { $words = @($words | Select-Object -SkipLast 1) }
                $before = if ($words.Count -gt 0) { $words[-1] } else { '' }
                $commands = @{

            """);
        foreach (CommandReference command in program.All)
        {
            string words = string.Join(' ', command.Children.Select(child => child.Command.Name));
            string options = string.Join(' ', command.Options.Select(option => option.Name));
            script.Append($"        '{string.Join(' ', command.Words)}' = @('{words}', '{options}')\n");
        }

        script.Append("    }\n    $values = @{\n");
        foreach (CommandReference command in program.All)
        {
            foreach (Option option in command.Options.Where(option => CommandReference.WordsOf(option).Length > 0))
            {
                string words = string.Join(' ', CommandReference.WordsOf(option));
                script.Append($"        '{$"{string.Join(' ', command.Words)} {option.Name}".Trim()}' = '{words}'\n");
            }
        }

        script.Append("""
                }
                $path = ''
                foreach ($w in $words) { if ($commands.ContainsKey("$path $w".Trim())) { $path = "$path $w".Trim() } }
                $found = if ($before -eq '--preset') { & liveconv preset list --names 2>$null }
                    elseif ($values.ContainsKey("$path $before".Trim())) { $values["$path $before".Trim()] -split ' ' }
                    elseif ($word.StartsWith('-')) { $commands[$path][1] -split ' ' }
                    else { $commands[$path][0] -split ' ' }
                $found | Where-Object { $_ -and $_.StartsWith($word) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """);
        return script.ToString();
    }

    private static string Reply(string words) => $"COMPREPLY=($(compgen -W \"{words}\" -- \"$word\"))";

    // A word that leads to a command further down.
    private static string Cases(CommandReference program, string then) =>
        string.Join('\n', program.All.Skip(1).Select(command => $"            \" {string.Join(' ', command.Words)}\") {then} ;;"));

    private static string Values(CommandReference program, Func<string, string> words, string presets) => string.Join(
        '\n',
        program.All.SelectMany(command => command.Options.Select(option =>
        {
            string at = $"\"{string.Concat(command.Words.Select(word => $" {word}"))} {option.Name}\"";
            string[] choices = CommandReference.WordsOf(option);
            return option.Name == "--preset" ? $"        {at}) {presets} ;;"
                : choices.Length > 0 ? $"        {at}) {words(string.Join(' ', choices))} ;;"
                : null;
        })).OfType<string>());

    private static string Lists(CommandReference program, bool options, Func<string, string> then) => string.Join(
        '\n',
        program.All.Select(command =>
        {
            IEnumerable<string> names = options
                ? command.Options.Select(option => option.Name)
                : command.Children.Select(child => child.Command.Name);
            string words = string.Join(' ', names);
            string at = string.Concat(command.Words.Select(word => $" {word}"));
            return words.Length == 0 ? null : $"            \"{at}\") {then(words)} ;;";
        }).OfType<string>());

    private static string Quote(string text) => text.Replace("'", "\\'", StringComparison.Ordinal);
}

using System.CommandLine;

namespace LiveConv.App;

/// <summary><c>liveconv completions SHELL</c> and <c>liveconv man</c>: what packages install beside the program.</summary>
internal static class ReferenceCommands
{
    /// <summary>Creates both.</summary>
    /// <param name="root">The program, complete when they run.</param>
    public static IEnumerable<Command> Create(RootCommand root)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", CompletionScript.Shells) };
        shell.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (word.Length > 0 && !CompletionScript.Shells.Contains(word))
            {
                result.AddError($"SHELL takes one of {string.Join(", ", CompletionScript.Shells)}; got \"{word}\"");
            }
        });
        var completions = new Command("completions", """
            Print the script with which a shell completes liveconv's commands, options and presets.

            Examples:
              liveconv completions bash     source <(liveconv completions bash), in ~/.bashrc
              liveconv completions zsh      > a file _liveconv in a folder of $fpath
              liveconv completions fish     > ~/.config/fish/completions/liveconv.fish
              liveconv completions pwsh     >> $PROFILE
            """) { shell };
        completions.SetAction(parsed =>
            Print(CompletionScript.Of(CommandReference.Of(root), parsed.GetRequiredValue(shell))));
        var man = new Command("man", """
            Print the manual page, in roff.

            Examples:
              liveconv man     liveconv man | man -l -
            """);
        man.SetAction(_ => Print(ManPage.Of(CommandReference.Of(root), ProgramVersion.Text)));
        return [completions, man];
    }

    private static int Print(string text)
    {
        Console.Out.Write(text);
        return ExitCode.Done;
    }
}

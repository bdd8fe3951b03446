using System.CommandLine;
using System.Text;

namespace LiveConv.App;

/// <summary>The manual page, in the man macros of roff.</summary>
internal static class ManPage
{
    /// <summary>Writes the page of the whole program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="version">Its version.</param>
    public static string Of(CommandReference program, string version)
    {
        var page = new StringBuilder();
        page.Append($".TH LIVECONV 1 \"\" \"LiveConv {Escape(version)}\" \"User Commands\"\n");
        page.Append(".SH NAME\nliveconv \\- live edge maps of cameras and videos\n");
        page.Append(".SH SYNOPSIS\n");
        foreach (CommandReference command in program.All.Where(command => command.Command.Action is not null))
        {
            page.Append($".br\n{Escape(command.UsageLine())}\n");
        }

        page.Append(".SH DESCRIPTION\n");
        Append(page, program);
        foreach (CommandReference command in program.All.Skip(1))
        {
            page.Append($".SH {Escape(command.Path.ToUpperInvariant())}\n");
            Append(page, command);
        }

        page.Append(".SH FILES\n");
        foreach ((string file, string meaning) in DefaultsText.Files)
        {
            page.Append($".TP\n{Escape(file)}\n{Line(meaning)}\n");
        }

        page.Append($".SH ENVIRONMENT\n{Line(DefaultsText.Environment)}\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, CommandReference command)
    {
        foreach (DescriptionBlock block in DescriptionBlock.Of(command.Command.Description))
        {
            if (block.Text.Length > 0)
            {
                page.Append($".PP\n{Line(block.Text)}\n");
            }

            foreach ((string example, string remark) in block.Examples)
            {
                page.Append($".PP\n.nf\n.RS\n{Line(example)}\n.RE\n.fi\n");
                page.Append(remark.Length == 0 ? "" : $".RS 8\n{Line(remark)}\n.RE\n");
            }
        }

        foreach (Argument argument in command.Command.Arguments)
        {
            page.Append($".TP\n.I {Escape(argument.Name)}\n{Line(argument.Description ?? "")}\n");
        }

        bool isRoot = command.Command is RootCommand;
        foreach (Option option in command.Options.Where(option => isRoot || !option.Recursive))
        {
            page.Append($".TP\n.B {Escape(CommandReference.Usage(option))}\n{Line(CommandReference.TextOf(option))}\n");
        }
    }

    // A line that starts with a point or an apostrophe would be a request.
    private static string Line(string text) => text.Length > 0 && text[0] is '.' or '\'' ? $"\\&{Escape(text)}" : Escape(text);

    private static string Escape(string text) =>
        text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("…", "...", StringComparison.Ordinal);
}

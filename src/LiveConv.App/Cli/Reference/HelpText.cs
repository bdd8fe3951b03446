using System.CommandLine;

namespace LiveConv.App;

/// <summary>What <c>--help</c> prints, no wider than the terminal; on a pipe it has 80 columns.</summary>
/// <param name="reference">The command.</param>
/// <param name="width">The number of columns.</param>
internal sealed class HelpText(CommandReference reference, int width)
{
    private const int Indent = 2;
    private const int Column = 26;

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines() =>
        DescriptionBlock.Of(reference.Command.Description).SelectMany(Block)
            .Concat(Section("Usage", [reference.UsageLine()]))
            .Concat(Table("Commands", reference.Children.Select(child =>
                (child.Command.Name, DescriptionBlock.Summary(child.Command.Description)))))
            .Concat(Table("Arguments", reference.Command.Arguments.Select(argument => (argument.Name, argument.Description ?? ""))))
            .Concat(Table("Options", reference.Options.Select(option =>
                (CommandReference.Usage(option), CommandReference.TextOf(option)))))
            .SkipLast(1);

    private IEnumerable<string> Block(DescriptionBlock block) =>
        Paragraph.Lines(block.Text, width).Concat(block.Examples.SelectMany(Example)).Append("");

    private IEnumerable<string> Example((string Command, string Remark) example)
    {
        string[] command = [.. Continued(example.Command)];
        if (example.Remark.Length == 0)
        {
            return command;
        }

        string line = $"{command[0].PadRight(Column)}  {example.Remark}";
        return command.Length == 1 && line.Length <= width
            ? [line]
            : command.Concat(Paragraph.Lines(example.Remark, width, Indent * 3));
    }

    // A command that is too long goes on in the next line as shells read it.
    private IEnumerable<string> Continued(string command)
    {
        string[] lines = [.. Paragraph.Lines(command, width - Indent, Indent)];
        return lines.Select((line, i) => (i == 0 ? "" : new string(' ', Indent)) + line + (i < lines.Length - 1 ? " \\" : ""));
    }

    private IEnumerable<string> Section(string title, IEnumerable<string> texts) =>
        texts.SelectMany(text => Paragraph.Lines(text, width, Indent)).Prepend($"{title}:").Append("");

    private IEnumerable<string> Table(string title, IEnumerable<(string Left, string Right)> rows)
    {
        (string Left, string Right)[] all = [.. rows];
        return all.Length == 0 ? [] : all.SelectMany(Row).Prepend($"{title}:").Append("");
    }

    private IEnumerable<string> Row((string Left, string Right) row)
    {
        string left = new string(' ', Indent) + row.Left;
        string[] right = [.. Paragraph.Lines(row.Right, width, Column)];
        return right.Length > 0 && left.Length <= Column - 2
            ? right.Skip(1).Prepend(left.PadRight(Column) + right[0][Column..])
            : right.Prepend(left);
    }
}

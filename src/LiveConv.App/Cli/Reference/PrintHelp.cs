using System.CommandLine;
using System.CommandLine.Invocation;

namespace LiveConv.App;

/// <summary>Prints the help of the command that the command line names.</summary>
internal sealed class PrintHelp : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        foreach (string line in new HelpText(CommandReference.Of(parseResult.CommandResult.Command), TerminalWidth.Columns).Lines())
        {
            Console.Out.WriteLine(line);
        }

        return ExitCode.Done;
    }
}

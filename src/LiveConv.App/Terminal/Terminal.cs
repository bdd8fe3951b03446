using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The program's standard streams.</summary>
internal static class Terminal
{
    /// <summary>Standard error for the program's own terminal sequences; everything else goes to <see cref="Console.Error"/>.</summary>
    public static TextWriter RawError { get; } =
        new BestEffortWriter(StandardStreams.IsErrorOpen ? Console.Error : TextWriter.Null);

    /// <summary>True when standard error is a terminal that understands escape codes: lines can be overwritten and coloured.</summary>
    public static bool HasEscapes { get; } = !Console.IsErrorRedirected
        && (OperatingSystem.IsWindows() ? WindowsConsole.EnableEscapes() : Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>Cleans what is written to standard output and standard error, and reports faults. Must run first of all.</summary>
    public static void Guard()
    {
        Console.SetOut(new CleanWriter(new OutputWriter(StandardStreams.IsOutputOpen ? Console.Out : null)));
        Console.SetError(new CleanWriter(RawError));
    }

    /// <summary>True when only problems and results are printed.</summary>
    public static bool IsQuiet { get; private set; }

    /// <summary>Leaves out notices and progress from now on.</summary>
    public static void BeQuiet() => IsQuiet = true;

    /// <summary>Reports what went well, in one line on standard error.</summary>
    /// <param name="line">The line; may hold names with anything in them.</param>
    public static void Inform(string line)
    {
        if (!IsQuiet)
        {
            Report(line);
        }
    }

    /// <summary>Reports a notice.</summary>
    public static void Print(Notice notice)
    {
        if (notice.IsProblem || !IsQuiet)
        {
            Report(notice.Text);
        }
    }

    /// <summary>Reports something in one line on standard error.</summary>
    /// <param name="line">The line; may hold names with anything in them.</param>
    public static void Report(string line) => Console.Error.WriteLine($"liveconv: {TextLine.Of(line)}");
}

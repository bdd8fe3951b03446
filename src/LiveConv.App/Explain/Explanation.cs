using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>Where an explanation goes: lines for people as they come, or one JSON array at the end.</summary>
/// <param name="isJson">True for JSON.</param>
internal sealed class Explanation(bool isJson)
{
    private readonly List<ExplainResult> results = [];

    /// <summary>Adds a line for people.</summary>
    public void Write(string line)
    {
        if (!isJson)
        {
            Console.Out.WriteLine(line);
        }
    }

    /// <summary>Adds one kernel at one place.</summary>
    /// <param name="title">What is explained.</param>
    /// <param name="at">Row and column of the output.</param>
    /// <param name="window">What is under the kernel.</param>
    /// <param name="kernel">The kernel as it is applied.</param>
    /// <param name="filter">What makes a pixel of the sum; null when none is made.</param>
    public void Add(string title, int[] at, ImageWindow window, Kernel kernel, Filter? filter = null)
    {
        if (!isJson)
        {
            Write(title);
            Write(ExplainTable.Of(window, kernel, TerminalWidth.Columns));
            return;
        }

        double? pixel = filter is null ? null : Math.Clamp(ExplainTable.PixelOf(window.Sum, filter).Pixel, 0, 255);
        results.Add(new ExplainResult(
            title, at[0], at[1], Rows(kernel, (y, x) => window[y, x]), Rows(kernel, window.IsInside),
            Rows(kernel, (y, x) => (double)kernel[y, x]), Rows(kernel, (y, x) => window[y, x] * kernel[y, x]), window.Sum, pixel));
    }

    /// <summary>Ends the explanation.</summary>
    /// <returns>The exit code.</returns>
    public int Finish()
    {
        if (isJson)
        {
            ResultsJson.Print(results, ResultsJson.Default.IReadOnlyListExplainResult);
        }

        return ExitCode.Done;
    }

    private static T[][] Rows<T>(Kernel kernel, Func<int, int, T> value) =>
    [
        .. Enumerable.Range(0, kernel.Height).Select(y => Enumerable.Range(0, kernel.Width).Select(x => value(y, x)).ToArray()),
    ];
}

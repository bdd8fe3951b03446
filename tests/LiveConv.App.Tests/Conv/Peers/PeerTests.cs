using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiveConv.Pipeline;

namespace LiveConv.App.Tests;

/// <summary>
/// Every operation of <c>liveconv conv</c> in random cases against the library whose words it speaks: answers and refusals.
/// LIVECONV_PEER_CASES says how many cases an operation has, LIVECONV_PEER_SEED which ones.
/// </summary>
public sealed class PeerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly int Cases = Number("LIVECONV_PEER_CASES", 60);
    private static readonly int Seed = Number("LIVECONV_PEER_SEED", 1);
    private readonly Command command = ConvCommand.Create();
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-peers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableTheory]
    [InlineData("conv1d", "torch")]
    [InlineData("conv2d", "torch")]
    [InlineData("conv3d", "torch")]
    [InlineData("conv_transpose2d", "torch")]
    [InlineData("max_pool2d", "torch")]
    [InlineData("avg_pool2d", "torch")]
    [InlineData("upsample_nearest2d", "torch")]
    [InlineData("upsample_bilinear2d", "torch")]
    [InlineData("convolve2d", "scipy")]
    [InlineData("correlate2d", "scipy")]
    [InlineData("convolve", "scipy")]
    [InlineData("correlate", "scipy")]
    [InlineData("filter2d", "cv2")]
    public void Conv_RandomCases_AgreeWithTheLibrary(string operation, string module)
    {
        Skip.IfNot(RunPython("-c", $"import numpy, {module}").ExitCode == 0, $"{Python} with numpy and {module} is not installed");
        (int exitCode, string errors) = RunPython(
            RepositoryFiles.PathOf("tests", "LiveConv.App.Tests", "Conv", "Peers", "cases.py"), operation, $"{Seed}", $"{Cases}", folder);
        Assert.True(exitCode == 0, errors);

        string[] lines = File.ReadAllLines(Path.Combine(folder, "cases.jsonl"));
        string[] differences = [
            .. lines.Select((line, n) => (Line: Difference(line), n)).Where(c => c.Line is not null)
            .Select(c => $"seed {Seed} case {c.n}: {c.Line}")];

        Assert.Equal(Cases, lines.Length);
        Assert.True(differences.Length == 0, $"{differences.Length} of {Cases} differ\n{string.Join('\n', differences.Take(20))}");
    }

    private string? Difference(string line)
    {
        using var document = JsonDocument.Parse(line);
        JsonElement one = document.RootElement;
        string[] given = [.. one.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()!)];
        string reported = $"conv {string.Join(' ', given)}, {one.GetProperty("shapes").GetString()}";
        string output = Path.Combine(folder, "output.npy");
        string? complaint =
            Run([.. given.Select(a => a.EndsWith(".npy", StringComparison.Ordinal) ? Path.Combine(folder, a) : a), "--output", output]);
        if (one.GetProperty("answer").GetString() is not { } answer)
        {
            return complaint is null
                ? $"{reported}: the library says {one.GetProperty("refusal").GetString()}"
                : complaint.Contains('\n', StringComparison.Ordinal) ? $"{reported}: more than a line: {complaint}" : null;
        }

        return complaint is not null
            ? $"{reported}: {complaint}"
            : Compare(answer, output, one.GetProperty("near").GetDouble()) is { } difference ? $"{reported}: {difference}" : null;
    }

    private string? Compare(string answer, string output, double near)
    {
        NumberArray expected = NpyFile.Read(File.ReadAllBytes(Path.Combine(folder, answer)));
        NumberArray actual = NpyFile.Read(File.ReadAllBytes(output));
        if (expected.ShapeText != actual.ShapeText)
        {
            return $"shape {actual.ShapeText}, not {expected.ShapeText}";
        }

        double bound = near * (1 + expected.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < expected.Values.Length; i++)
        {
            // Equals: the infinities of an empty window, too.
            if (!expected.Values[i].Equals(actual.Values[i]) && !(Math.Abs(expected.Values[i] - actual.Values[i]) <= bound))
            {
                return $"element {i} is {actual.Values[i]:R}, not {expected.Values[i]:R}";
            }
        }

        return null;
    }

    // What the command complains of, or null. Anything but its own two kinds of failure is a defect, and the test's end.
    private string? Run(string[] arguments)
    {
        ParseResult parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Options.FirstError(parsed);
        }

        try
        {
            parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return null;
        }
        catch (Exception e) when (e is UsageException or LiveConvException)
        {
            return e.Message;
        }
    }

    private static (int ExitCode, string Errors) RunPython(params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            return (-1, "no python3");
        }

        using Process process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}

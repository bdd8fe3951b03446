using System.Globalization;

namespace LiveConv.Convolution.Tests;

/// <summary>
/// How many cases the exhaustive tests leave out: the full suite does all, its repetitions with fewer instruction sets every n-th.
/// </summary>
internal static class Thoroughness
{
    public const string Variable = "LIVECONV_TEST_EVERY";

    public static int Every { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int every) ? every : 1;
}

using System.Globalization;
using System.Text.Json;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>How a test in the VM ended.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Took">How long it ran.</param>
/// <param name="Failure">Why it failed; null when it passed.</param>
internal sealed record GuestOutcome(string Name, TimeSpan Took, string? Failure)
{
    private const string Mark = "outcome ";
    private const string BegunMark = "begun ";

    /// <summary>The line that says that the VM is up.</summary>
    /// <param name="slowness">How many times slower than usual it is.</param>
    public static string Begun(double slowness) => FormattableString.Invariant($"{BegunMark}{slowness:0.0}");

    /// <summary>Reads that line.</summary>
    public static double? SlownessIn(string line) =>
        line.StartsWith(BegunMark, StringComparison.Ordinal) ? double.Parse(line[BegunMark.Length..], CultureInfo.InvariantCulture) : null;

    public string ToLine() => Mark + JsonSerializer.Serialize(this);

    public static GuestOutcome? FromLine(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize<GuestOutcome>(line[Mark.Length..]) : null;
}

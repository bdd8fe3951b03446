using System.Text.Json;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>How a test in the VM ended.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Took">How long it ran.</param>
/// <param name="Failure">Why it failed; null when it passed.</param>
internal sealed record GuestOutcome(string Name, TimeSpan Took, string? Failure)
{
    private const string Mark = "outcome ";

    public string ToLine() => Mark + JsonSerializer.Serialize(this);

    public static GuestOutcome? FromLine(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize<GuestOutcome>(line[Mark.Length..]) : null;
}

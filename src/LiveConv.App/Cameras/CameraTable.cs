using LiveConv.Media;

namespace LiveConv.App;

/// <summary>Formats a camera as lines for the terminal.</summary>
internal static class CameraTable
{
    private const int FormatWidth = 8;
    private const int SizeWidth = 14;

    public static IEnumerable<string> Lines(CameraListing camera)
    {
        yield return $"{camera.Number}: {camera.Name}";
        yield return "   " + string.Join("  ", new[] { camera.Node, "bus " + camera.Bus, "id " + camera.Identity }.OfType<string>());
        if (camera.Problem is not null)
        {
            yield return $"   {camera.Problem}";
        }

        foreach (CameraFormatListing format in camera.Formats)
        {
            string unreadable = format.Readable ? "" : "  (LiveConv cannot read this here)";
            foreach (CameraSizeListing size in format.Sizes.DefaultIfEmpty(new CameraSizeListing(0, 0, null, [])))
            {
                yield return $"   {format.Format.PadRight(FormatWidth)}{Size(size).PadRight(SizeWidth)}{Rates(size.Fps)}{unreadable}";
            }
        }

        yield return "";
    }

    private static string Size(CameraSizeListing size) => size switch
    {
        { Width: 0 } => "any size",
        { Largest: { } far } => FormattableString.Invariant(
            $"{size.Width}x{size.Height} to {far.Width}x{far.Height} by {far.StepWidth}x{far.StepHeight}  "),
        _ => FormattableString.Invariant($"{size.Width}x{size.Height}"),
    };

    private static string Rates(IReadOnlyList<CameraRateListing> rates) => rates.Count == 0
        ? "any rate"
        : string.Join(", ", rates.Select(Rate)) + " fps";

    // An end that the camera does not state is left open.
    private static string Rate(CameraRateListing rate) => (rate.Min, rate.Max) switch
    {
        (0, { } max) => FormattableString.Invariant($"up to {max:0.###}"),
        (var min, null) => FormattableString.Invariant($"from {min:0.###}"),
        (var min, { } max) when min == max => FormattableString.Invariant($"{max:0.###}"),
        (var min, { } max) => FormattableString.Invariant($"{min:0.###} to {max:0.###}"),
    };
}

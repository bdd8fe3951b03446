namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>The bounds that users are promised.</summary>
internal static class Bounds
{
    public static void Hold(TimeSpan seen, double seenBound, TimeSpan back, double backBound)
    {
        Console.WriteLine(FormattableString.Invariant($"measured: seen after {seen.TotalSeconds:0.00} s, back after {back.TotalSeconds:0.00} s"));
        Assert.InRange(seen.TotalSeconds, 0, seenBound);
        Assert.InRange(back.TotalSeconds, 0, backBound);
    }
}

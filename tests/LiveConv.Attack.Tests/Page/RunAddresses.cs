using System.Text.RegularExpressions;

namespace LiveConv.Attack.Tests;

/// <summary>The addresses that a run with <c>--listen</c> prints.</summary>
/// <param name="Presenter">The presenter's.</param>
/// <param name="Guest">The guests'.</param>
internal sealed partial record RunAddresses(Uri Presenter, Uri Guest)
{
    public static async Task<RunAddresses> OfAsync(LiveConvProcess run) => new(
        await HostilePage.AddressOfAsync(run),
        new Uri(Address().Match(await run.ErrorLineAsync("guests look on at ")).Value));

    /// <summary>The token in an address.</summary>
    public static string TokenOf(Uri address) => address.Query["?token=".Length..];

    [GeneratedRegex("http://\\S+")]
    private static partial Regex Address();
}

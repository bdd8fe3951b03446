using System.Security.Cryptography;
using System.Text;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>The secrets of one run that let a browser in, each with what it may do. Thread-safe.</summary>
internal sealed class PageTokens
{
    // 128 bits: nobody guesses them, and an address with one still fits a QR code of 33 modules.
    private const int Bytes = 16;
    private string? unused;

    /// <summary>Makes new ones.</summary>
    public PageTokens() => unused = Single;

    /// <summary>Lets the presenter's page in.</summary>
    public string Presenter { get; } = New();

    /// <summary>Lets guests in.</summary>
    public string Guest { get; } = New();

    /// <summary>
    /// Lets one page of this user's in as the presenter's, once: for the command line of this machine's browser, which other users of it
    /// can read.
    /// </summary>
    public string Single { get; } = New();

    /// <summary>What a page with this token may do.</summary>
    /// <param name="token">The token that a browser kept.</param>
    /// <returns>Null when it is none of this run's.</returns>
    public PageRole? RoleOf(string token) =>
        IsSame(token, Presenter) ? PageRole.Presenter
        : IsSame(token, Guest) ? PageRole.Guest
        : null;

    /// <summary>What a page that was opened with this token may do; the single token counts no more afterwards.</summary>
    /// <param name="token">The token in the address.</param>
    /// <param name="isThisUsers">Whether a program of this user's sent it; looked up for the single token only.</param>
    /// <returns>Null when it is none of this run's.</returns>
    public PageRole? Redeem(string token, Func<bool> isThisUsers)
    {
        bool isSingle = IsUnused(token) && isThisUsers() && Interlocked.Exchange(ref unused, null) is not null;
        return isSingle ? PageRole.Presenter : RoleOf(token);
    }

    /// <summary>What a page that were opened with this token might do; the single token counts afterwards as before.</summary>
    /// <param name="token">The token in the address.</param>
    /// <param name="isThisUsers">Whether a program of this user's sent it; looked up for the single token only.</param>
    /// <returns>Null when it is none of this run's.</returns>
    public PageRole? RoleToRedeem(string token, Func<bool> isThisUsers) =>
        IsUnused(token) && isThisUsers() ? PageRole.Presenter : RoleOf(token);

    /// <summary>The token of a role.</summary>
    public string Of(PageRole role) => role == PageRole.Presenter ? Presenter : Guest;

    private bool IsUnused(string token) => Volatile.Read(ref unused) is { } single && IsSame(token, single);

    private static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    private static bool IsSame(string given, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
}

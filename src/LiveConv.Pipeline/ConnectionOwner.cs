using System.Globalization;
using System.Runtime.InteropServices;

namespace LiveConv.Pipeline;

/// <summary>
/// Distinguishes the connections of this user's programs from those of other accounts of the machine, by Linux's tables of sockets. Where
/// there are none that can be read, and on other systems, every connection counts as this user's. Thread-safe.
/// </summary>
public sealed class ConnectionOwner
{
    private const string Root = "0";

    // A table that changes while it is read may be short of a line.
    private const int Attempts = 3;
    private readonly string? account;

    // What stands before an address of IPv4 in one of IPv6.
    private static ReadOnlySpan<byte> Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Finds out under which account this program makes connections.</summary>
    public ConnectionOwner() => account = OperatingSystem.IsLinux() ? OwnAccount() : null;

    /// <summary>Connections of other accounts are distinguished here.</summary>
    public bool IsKnown => account is not null;

    /// <summary>The program at the other end of a connection runs on this machine, under this program's account or as root.</summary>
    /// <param name="here">The end that was accepted; null when there is none any more.</param>
    /// <param name="there">The other end; null when there is none any more.</param>
    /// <returns>False also when no program holds the other end any more. Always true where <see cref="IsKnown"/> is false.</returns>
    public bool IsThisUsers(ConnectionEnd? here, ConnectionEnd? there)
    {
        if (account is null)
        {
            return true;
        }

        string? other = here is null || there is null ? null : AccountOf(there, here);
        return other == account || other == Root;
    }

    // Of "Uid: real effective saved file system", the effective one; none where the tables cannot be read.
    private static string? OwnAccount()
    {
        try
        {
            using FileStream readable = File.OpenRead("/proc/net/tcp");
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return line?.Split('\t') is [_, _, var effective, ..] ? effective : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? AccountOf(ConnectionEnd local, ConnectionEnd remote)
    {
        string? account = null;
        for (int attempt = 0; attempt < Attempts && account is null; attempt++)
        {
            // A socket of IPv6 may connect to an address of IPv4, too.
            account = Find("/proc/net/tcp", InTable(local, isMapped: false), InTable(remote, isMapped: false))
                ?? Find("/proc/net/tcp6", InTable(local, isMapped: true), InTable(remote, isMapped: true));
        }

        return account;
    }

    private static string? Find(string table, string local, string remote)
    {
        try
        {
            foreach (string line in File.ReadLines(table).Where(line => line.Contains(local, StringComparison.Ordinal)))
            {
                // sl local remote state queues timer retransmits uid timeout inode. A socket that its program has closed is shown as
                // root's, without an inode.
                if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var from, var to, _, _, _, _, var uid, _, var inode, ..]
                    && from == local && to == remote && inode != "0")
                {
                    return uid;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kernel without IPv6, or a container that hides its tables.
        }

        return null;
    }

    // Four bytes at a time, as the processor reads them as a number.
    private static string InTable(ConnectionEnd end, bool isMapped)
    {
        byte[] plain = end.Address.AsSpan().StartsWith(Mapped) ? end.Address[Mapped.Length..] : end.Address;
        byte[] bytes = isMapped && plain.Length == 4 ? [.. Mapped, .. plain] : plain;
        IEnumerable<string> words = MemoryMarshal.Cast<byte, uint>(bytes).ToArray()
            .Select(word => word.ToString("X8", CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"{string.Concat(words)}:{end.Port:X4}");
    }
}

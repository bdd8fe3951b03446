using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveConv.Media;

/// <summary>
/// A session of Unix that a program leads, with all the programs that it starts: some systems' ffmpeg is a script that starts the real one.
/// Ends all of them together, as <see cref="WindowsJob"/> does. Thread-safe.
/// </summary>
/// <param name="leader">The process ID of a program that <see cref="NewSession"/> started.</param>
[UnsupportedOSPlatform("windows")]
internal sealed partial class ProcessSession(int leader)
{
    private const int Existence = 0;
    private const int KillSignal = 9;
    private const string Ended = "Z";
    private const uint MacGroupOnly = 2;
    private const int MaxMacMembers = 256;
    private volatile bool isForgotten;

    /// <summary>
    /// The process IDs of its programs. On macOS those of the leader's group; elsewhere than there and on Linux only the leader's.
    /// </summary>
    public IReadOnlyList<int> Members => isForgotten ? []
        : OperatingSystem.IsLinux() && !IsLeaderAlone() ? LinuxMembers()
        : OperatingSystem.IsMacOS() ? MacMembers()
        : [leader];

    /// <summary>The leader has ended. Without further members the session is no more, and its number may become another's.</summary>
    public void OnLeaderExited() => isForgotten = Members.All(member => member == leader);

    /// <summary>Kills all its programs.</summary>
    /// <param name="isLeaderGone">
    /// True when the leader has ended: its number stays taken while others of its group live, and may be another program's afterwards.
    /// </param>
    public void Kill(bool isLeaderGone)
    {
        if (isForgotten || (isLeaderGone && Send(leader, Existence) == 0))
        {
            return;
        }

        // Shells with job control give each job a group of its own.
        _ = Send(-leader, KillSignal);
        foreach (int member in OperatingSystem.IsLinux() ? LinuxMembers() : [])
        {
            _ = Send(member, KillSignal);
        }
    }

    // That is most often so, and one file says it, where a search reads hundreds.
    private bool IsLeaderAlone()
    {
        try
        {
            // Each thread has children of its own.
            return Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{leader}/task"))
                .All(thread => File.ReadAllText(Path.Combine(thread, "children")).Length == 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private int[] LinuxMembers() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && SessionOf(id) == leader),
    ];

    private static int SessionOf(int id)
    {
        try
        {
            // "42 (name) state parent group session …"; a name may hold anything.
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            string[] fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            bool isRunning = fields.Length > 4 && fields[0] != Ended;
            return isRunning && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out int session) ? session : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    private int[] MacMembers()
    {
        Span<int> ids = stackalloc int[MaxMacMembers];
        int bytes = ListMacProcesses(MacGroupOnly, (uint)leader, ids, ids.Length * sizeof(int));
        return [.. ids[..Math.Clamp(bytes / sizeof(int), 0, ids.Length)]];
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int id, int signal);

    [LibraryImport("libproc", EntryPoint = "proc_listpids")]
    private static partial int ListMacProcesses(uint kind, uint group, Span<int> ids, int bytes);
}

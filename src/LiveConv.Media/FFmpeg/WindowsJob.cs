using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveConv.Media;

/// <summary>
/// A Windows job that holds a program with all the programs that it starts: some packages install a small ffmpeg.exe that only starts the
/// real one. Ends all of them together, and those that read for this process also when it is killed. Not thread-safe.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsJob : IDisposable
{
    private const int BasicAccounting = 1;
    private const int ProcessList = 3;
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;
    private const int MaxProcesses = 64;
    private readonly nint handle;
    private volatile bool isDisposed;

    private WindowsJob(nint handle) => this.handle = handle;

    /// <summary>The processor time of all its programs so far.</summary>
    public TimeSpan WorkTime =>
        !isDisposed && QueryInformation(handle, BasicAccounting, out Accounting accounting, Marshal.SizeOf<Accounting>(), 0)
        ? TimeSpan.FromTicks(accounting.UserTime + accounting.KernelTime)
        : TimeSpan.Zero;

    /// <summary>The process IDs of its programs; of very many the first ones.</summary>
    public IReadOnlyList<int> Members
    {
        get
        {
            // Of more than it has space for, Windows writes the first ones.
            Processes list = default;
            _ = !isDisposed && QueryProcesses(handle, ProcessList, out list, Marshal.SizeOf<Processes>(), 0);
            ReadOnlySpan<nuint> ids = list.Ids;
            return [.. ids[..(int)Math.Min(list.Count, MaxProcesses)].ToArray().Select(id => (int)id)];
        }
    }

    /// <summary>Puts a program that has just been started into a job of its own.</summary>
    /// <param name="process">The program.</param>
    /// <param name="endsWithThisProcess">True to end it also when this process is killed.</param>
    /// <returns>The job; null when Windows refuses, and the program stands alone.</returns>
    public static WindowsJob? TryHold(Process process, bool endsWithThisProcess)
    {
        var job = new WindowsJob(Create(0, null));
        var limits = new Limits { Flags = endsWithThisProcess ? KillOnClose : 0 };
        try
        {
            if (job.handle != 0
                && SetInformation(job.handle, ExtendedLimits, limits, Marshal.SizeOf<Limits>())
                && Assign(job.handle, process.Handle))
            {
                return job;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }

        job.Dispose();
        return null;
    }

    /// <summary>Ends all its programs.</summary>
    public void Kill() => _ = !isDisposed && Terminate(handle, 1);

    public void Dispose()
    {
        bool isFirst = !isDisposed;
        isDisposed = true;
        if (isFirst && handle != 0)
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint Create(nint attributes, string? name);

    [LibraryImport("kernel32", EntryPoint = "AssignProcessToJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Assign(nint job, nint process);

    [LibraryImport("kernel32", EntryPoint = "TerminateJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Terminate(nint job, uint exitCode);

    [LibraryImport("kernel32", EntryPoint = "SetInformationJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformation(nint job, int which, in Limits limits, int length);

    [LibraryImport("kernel32", EntryPoint = "QueryInformationJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryInformation(nint job, int which, out Accounting accounting, int length, nint written);

    [LibraryImport("kernel32", EntryPoint = "QueryInformationJobObject")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryProcesses(nint job, int which, out Processes list, int length, nint written);

    [LibraryImport("kernel32", EntryPoint = "CloseHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Close(nint handle);

    /// <summary>JOBOBJECT_BASIC_ACCOUNTING_INFORMATION; times in 100 ns.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Accounting
    {
        public long UserTime;
        public long KernelTime;
        public long PeriodUserTime;
        public long PeriodKernelTime;
        public uint PageFaults;
        public uint Processes;
        public uint ActiveProcesses;
        public uint TerminatedProcesses;
    }

    /// <summary>JOBOBJECT_BASIC_PROCESS_ID_LIST.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Processes
    {
        public uint Assigned;
        public uint Count;
        public ProcessIds Ids;
    }

    [InlineArray(MaxProcesses)]
    private struct ProcessIds
    {
        private nuint first;
    }

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint MinWorkingSet;
        public nuint MaxWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LiveConv.Archives.Tests;

/// <summary>Tests that share the cluster, one after the other.</summary>
[CollectionDefinition(SlurmCluster.Collection, DisableParallelization = true)]
public sealed class SlurmTestGroup : ICollectionFixture<SlurmCluster>;

/// <summary>A real Slurm of one node with two processors: munged, slurmctld and slurmd of this account, in a folder of their own.</summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    public const string Collection = "Slurm";
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "sinfo"];
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-slurm-").FullName;
    private readonly List<Process> daemons = [];
    private Process? slurmd;

    public string Configuration => Path.Combine(folder, "slurm.conf");

    public static void Need() => Skip.IfNot(
        OperatingSystem.IsLinux() && Array.TrueForAll(Programs, Find), $"Slurm is not installed ({string.Join(", ", Programs)})");

    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Array.TrueForAll(Programs, Find))
        {
            return;
        }

        string key = Path.Combine(folder, "key");
        byte[] secret = new byte[1024];
        Random.Shared.NextBytes(secret);
        File.WriteAllBytes(key, secret);
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        await File.WriteAllTextAsync(Configuration, Text());
        daemons.Add(Start(
            "munged", "--force", "--foreground", $"--key-file={key}", $"--socket={folder}/munge.sock", $"--pid-file={folder}/munge.pid",
            $"--log-file={folder}/munge.log", $"--seed-file={folder}/munge.seed"));
        await WaitAsync(() => Task.FromResult(File.Exists($"{folder}/munge.sock")), "munged");
        daemons.Add(Start("slurmctld", "-D"));
        StartNode();
        await WaitAsync(async () => (await RunAsync("sinfo", "--noheader", "--format=%T")).Trim() == "idle", "an idle node");
    }

    public async Task DisposeAsync()
    {
        EndNode();
        foreach (Process daemon in daemons)
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
            daemon.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    public void StartNode() => slurmd = Start("slurmd", "-D");

    /// <summary>Kills the node's daemon as no program can resist; what it has started goes on.</summary>
    public void EndNode()
    {
        slurmd?.Kill();
        slurmd?.WaitForExit();
        slurmd?.Dispose();
        slurmd = null;
    }

    /// <summary>Runs one of Slurm's commands.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    /// <summary>Jobs and tasks that wait or run.</summary>
    public async Task<string[]> QueueAsync() => (await RunAsync("squeue", "--noheader", "--array", "--format=%F_%K %T %r"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task WaitForEndAsync() => await WaitAsync(async () => (await QueueAsync()).Length == 0, "the end of all jobs");

    public static async Task WaitAsync(Func<Task<bool>> condition, string what)
    {
        for (long start = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(100))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(4), $"no {what} in time");
        }
    }

    private static bool Find(string program) =>
        Archive.Has(program) || File.Exists(Path.Combine("/usr/sbin", program));

    private Process Start(string program, params string[] arguments)
    {
        string path = File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : program;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Configuration;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Text()
    {
        string host = Dns.GetHostName().Split('.')[0];
        return $"""
            ClusterName=liveconv
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            AuthType=auth/munge
            AuthInfo=socket={folder}/munge.sock
            SlurmUser={Environment.UserName}
            SlurmdUser={Environment.UserName}
            StateSaveLocation={Directory.CreateDirectory(Path.Combine(folder, "state")).FullName}
            SlurmdSpoolDir={Directory.CreateDirectory(Path.Combine(folder, "spool")).FullName}
            SlurmctldPidFile={folder}/slurmctld.pid
            SlurmdPidFile={folder}/slurmd.pid
            SlurmctldLogFile={folder}/slurmctld.log
            SlurmdLogFile={folder}/slurmd.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SwitchType=switch/none
            MpiDefault=none
            ReturnToService=2
            KillWait=2
            SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=2
            NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
            PartitionName=short Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """;
    }
}

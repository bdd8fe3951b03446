using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveConv.Attack.Tests;

/// <summary>
/// A machine of its own for a test, and another at the end of its cable, which has addresses of every class but loopback. Needs root.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class NetworkNamespace : IDisposable
{
    public const string Public = "203.0.113.9";
    public const string OtherPublic = "203.0.113.10";
    public const string Private = "10.66.0.1";
    public const string LinkLocal = "169.254.169.254";
    public const string Loopback = "127.0.0.1";

    /// <summary>The machine's own address, of the internet's.</summary>
    public const string Own = "198.51.100.1";

    /// <summary>The other machine's, in the same network as <see cref="Own"/>.</summary>
    public const string Neighbour = "198.51.100.2";
    private const int NewNetwork = 0x40000000;
    private readonly string name = $"liveconv-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
    private static int count;

    private NetworkNamespace(string hosts)
    {
        Directory.CreateDirectory(Configuration);
        File.WriteAllText(Path.Combine(Configuration, "hosts"), $"127.0.0.1 localhost\n{hosts}");
    }

    private string Other => name + "-other";

    private string Configuration => $"/etc/netns/{name}";

    /// <summary>Makes them. Skips the test without root or iproute2.</summary>
    /// <param name="hosts">Lines for the machine's <c>/etc/hosts</c>.</param>
    public static NetworkNamespace Create(string hosts = "")
    {
        Skip.IfNot(Environment.UserName == "root" && File.Exists("/usr/sbin/ip"), "needs root and iproute2");
        var made = new NetworkNamespace(hosts);
        if (Ip("netns", "add", made.name) != 0 || Ip("netns", "add", made.Other) != 0)
        {
            made.Dispose();
            Skip.If(true, "no network namespaces here");
        }

        if (Ip("-n", made.name, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", made.Other) != 0)
        {
            made.Dispose();
            Skip.If(true, "no virtual cables (veth) here");
        }

        string[][] commands =
        [
            .. ((string[])[made.name, made.Other]).SelectMany(one => (string[][])[
                ["-n", one, "link", "set", "lo", "up"], ["-n", one, "link", "set", "cable", "up"]]),
            ["-n", made.name, "address", "add", Own + "/24", "dev", "cable"],
            ["-n", made.name, "route", "add", "default", "dev", "cable"],
            ["-n", made.Other, "address", "add", Neighbour + "/24", "dev", "cable"],
            .. ((string[])[Public, OtherPublic, Private, LinkLocal]).Select(address =>
                (string[])["-n", made.Other, "address", "add", address + "/32", "dev", "cable"]),
        ];
        Assert.All(commands, command => Assert.Equal(0, Ip(command)));
        return made;
    }

    /// <summary>Makes a socket on the machine that has an address, or whatever else a thread makes there.</summary>
    public T Make<T>(string address, Func<T> make)
    {
        T? made = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                int file = Open($"/run/netns/{(address is Loopback or Own ? name : Other)}", 0);
                Assert.Equal(0, SetNamespace(file, NewNetwork));
                _ = Close(file);
                made = make();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? made! : throw failure;
    }

    /// <summary>Lets a program start on the machine.</summary>
    public void Enter(ProcessStartInfo start)
    {
        string program = start.FileName;
        start.FileName = "/usr/sbin/ip";
        string[] command = ["netns", "exec", name, program];
        for (int i = 0; i < command.Length; i++)
        {
            start.ArgumentList.Insert(i, command[i]);
        }
    }

    public void Dispose()
    {
        _ = Ip("netns", "delete", name);
        _ = Ip("netns", "delete", Other);
        Directory.Delete(Configuration, recursive: true);
    }

    private static int Ip(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/sbin/ip", arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setns")]
    private static partial int SetNamespace(int descriptor, int kind);
}

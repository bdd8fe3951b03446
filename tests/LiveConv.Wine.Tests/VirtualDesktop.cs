using System.Diagnostics;

namespace LiveConv.Wine.Tests;

/// <summary>A display of its own (Xvfb), on which wine can make windows.</summary>
internal sealed class VirtualDesktop : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly Process server;

    private VirtualDesktop(Process server, string name)
    {
        this.server = server;
        Name = name;
    }

    /// <summary>What DISPLAY must say.</summary>
    public string Name { get; }

    /// <summary>Starts it; the test is skipped where there is no Xvfb.</summary>
    public static async Task<VirtualDesktop> StartAsync()
    {
        Skip.IfNot(File.Exists("/usr/bin/Xvfb"), "Xvfb is not installed");
        string[] options = ["-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"];
        Process server = Process.Start(new ProcessStartInfo("/usr/bin/Xvfb", options)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = server.StandardError.ReadToEndAsync();
        string? number = await server.StandardOutput.ReadLineAsync().WaitAsync(Timeout);
        Assert.False(string.IsNullOrEmpty(number), "Xvfb did not start");
        return new VirtualDesktop(server, $":{number}");
    }

    public void Dispose()
    {
        server.Kill();
        server.WaitForExit();
        server.Dispose();
    }
}

using System.Diagnostics;

namespace LiveConv.Tests;

/// <summary>A display of its own, without a screen (Xvfb).</summary>
internal sealed class XvfbServer : IDisposable
{
    private const string Program = "/usr/bin/Xvfb";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly Process server;

    private XvfbServer(Process server, string name)
    {
        this.server = server;
        Name = name;
    }

    /// <summary>What DISPLAY must say.</summary>
    public string Name { get; }

    /// <summary>Starts it; the test is skipped where there is no Xvfb.</summary>
    public static async Task<XvfbServer> StartAsync(int width, int height)
    {
        Skip.IfNot(File.Exists(Program), "Xvfb is not installed");

        // A server that resets when its last client leaves would throw out the one that comes just then.
        string[] options = ["-displayfd", "1", "-screen", "0", $"{width}x{height}x24", "-nolisten", "tcp", "-noreset"];
        Process server = Process.Start(new ProcessStartInfo(Program, options)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = server.StandardError.ReadToEndAsync();
        string? number = await server.StandardOutput.ReadLineAsync().WaitAsync(Timeout);
        Assert.False(string.IsNullOrEmpty(number), "Xvfb did not start");
        return new XvfbServer(server, $":{number}");
    }

    /// <summary>Ends it as a crash does.</summary>
    public void Kill() => server.Kill();

    public void Dispose()
    {
        server.Kill(entireProcessTree: true);
        server.WaitForExit();
        server.Dispose();
    }
}

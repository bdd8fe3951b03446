using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LiveConv.Tests;

/// <summary>A real RTSP server (GStreamer's) with a camera behind it.</summary>
internal sealed class RtspCamera : IDisposable
{
    private const int NotInstalled = 77;
    private readonly Process server;

    private RtspCamera(Process server, int port)
    {
        this.server = server;
        Port = port;
    }

    public int Port { get; }

    public string Address => $"rtsp://127.0.0.1:{Port}/live";

    /// <summary>Starts it. Skips the test where GStreamer's server is missing.</summary>
    /// <param name="fps">Frames per second.</param>
    /// <param name="codec">h264 or jpeg.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="isUdp">It sends its video by UDP, and never in the connection.</param>
    public static async Task<RtspCamera> StartAsync(int fps, string codec, int port = 0, bool isUdp = false)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        int chosen = port == 0 ? FreePort() : port;
        string[] arguments =
        [
            RepositoryFiles.PathOf("tests", "media", "rtsp-server.py"), chosen.ToString(CultureInfo.InvariantCulture),
            fps.ToString(CultureInfo.InvariantCulture), codec, isUdp ? "udp" : "any",
        ];
        Process server = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true })!;
        string? line = await server.StandardOutput.ReadLineAsync();
        if (line is null)
        {
            await server.WaitForExitAsync();
            Skip.If(server.ExitCode == NotInstalled, "gir1.2-gst-rtsp-server-1.0 or GStreamer's plugins are not installed");
        }

        Assert.Equal("ready", line);
        return new RtspCamera(server, chosen);
    }

    /// <summary>Is killed: every connection breaks off, and nobody listens any more.</summary>
    public void Dispose()
    {
        server.Kill();
        server.WaitForExit();
        server.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

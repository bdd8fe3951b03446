using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveConv.Tests;

/// <summary>An HTTP camera: motion JPEG without times. Every client gets the frames from the first on, at the given moments.</summary>
internal sealed class HttpCamera : IDisposable
{
    private readonly byte[] jpeg;
    private readonly double[] seconds;
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly List<TcpClient> clients = [];

    /// <summary>Starts it.</summary>
    /// <param name="jpeg">The image that it sends each time.</param>
    /// <param name="seconds">When each frame is sent, from the request on. Then the connection ends.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    public HttpCamera(byte[] jpeg, IEnumerable<double> seconds, int port = 0)
    {
        this.jpeg = jpeg;
        this.seconds = [.. seconds];
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>The header behind the status line: of a multipart stream, or of images one after the other.</summary>
    public string Header { get; init; } = "Content-Type: multipart/x-mixed-replace; boundary=frame";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => $"http://127.0.0.1:{Port}/video";

    private bool IsMultipart => Header.Contains("boundary", StringComparison.Ordinal);

    /// <summary>Is killed: every connection breaks off, and nobody listens any more.</summary>
    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        lock (clients)
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                lock (clients)
                {
                    clients.Add(client);
                }

                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Killed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            client.NoDelay = true;
            _ = await stream.ReadAsync(new byte[8192], stop.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\n{Header}\r\n\r\n"), stop.Token);
            var clock = Stopwatch.StartNew();
            foreach (double at in seconds)
            {
                TimeSpan wait = TimeSpan.FromSeconds(at) - clock.Elapsed;
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, stop.Token);
                await stream.WriteAsync(Part(), stop.Token);
            }

            client.Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
        {
            // The client has gone, or the camera was killed.
        }
    }

    private byte[] Part() => !IsMultipart
        ? jpeg
        : [.. Encoding.ASCII.GetBytes($"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"), .. jpeg, 13, 10];
}

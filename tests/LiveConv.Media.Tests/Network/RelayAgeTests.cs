using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveConv.Pipeline;
using Xunit.Abstractions;

namespace LiveConv.Media.Tests;

/// <summary>What the relay adds to the age of a live stream: one camera, read through it and without it at the same time.</summary>
public sealed class RelayAgeTests(ITestOutputHelper output)
{
    private const int Fps = 30;

    // Frames are distinguished by the grey of a corner: after so many it is the same again.
    private const int Greys = 16;
    private const int Step = 256 / Greys;
    private const double MaxHeldUp = 100;

    // LIVECONV_RELAY_SECONDS=60 for figures to write down, on a machine that does nothing else.
    private static readonly double Seconds = double.Parse(
        Environment.GetEnvironmentVariable("LIVECONV_RELAY_SECONDS") ?? "5", CultureInfo.InvariantCulture);

    [SkippableTheory]
    [InlineData("640x480")]
    [InlineData("1920x1080")]
    public async Task Relay_OfALiveStream_AddsLittleToItsAge(string size)
    {
        Tools.NeedFFmpeg();
        using var camera = new Camera(size);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds + 60));
        var guard = new AddressGuard("127.0.0.1", camera.Port);
        Task<double[]>[] readers = [ReadAsync(camera, null, stop.Token), ReadAsync(camera, guard, stop.Token)];

        double[][] ages = await Task.WhenAll(readers);

        (double direct, double relayed) = (Part(ages[0], 0.5), Part(ages[1], 0.5));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size}: {ages[0].Length} frames without the relay, age median {direct:0.0} ms, p95 {Part(ages[0], 0.95):0.0} ms; "
            + $"{ages[1].Length} through it, {relayed:0.0} ms, {Part(ages[1], 0.95):0.0} ms"));

        // Where other programs hold up the frames themselves, what the relay adds cannot be seen.
        if (Part(ages[0], 0.95) < MaxHeldUp)
        {
            Assert.InRange(relayed - direct, -MaxHeldUp, MaxHeldUp);
        }
    }

    private static double Part(double[] ages, double part) => ages.Order().ElementAt((int)(part * (ages.Length - 1)));

    private static Task<double[]> ReadAsync(Camera camera, AddressGuard? guard, CancellationToken stop) => Task.Factory.StartNew(
        () => Read(camera, guard, stop), TaskCreationOptions.LongRunning);

    private static double[] Read(Camera camera, AddressGuard? guard, CancellationToken stop)
    {
        using var source = new FFmpegSource(
            FFmpegInput.Url(camera.Address), new SourceMode(), FFmpegTool.Find(stop: stop)!, TimeProvider.System, guard);
        using Frame frame = Images.NewFrame();
        source.Open(stop);
        var ages = new List<double>();
        long begun = Stopwatch.GetTimestamp();
        while ((Stopwatch.GetElapsedTime(begun).TotalSeconds < Seconds || ages.Count < 2 * Fps) && source.Read(frame))
        {
            ages.Add(camera.AgeOf((frame.Luma.Row(16)[16] + (Step / 2)) / Step % Greys));
        }

        // Those of the first second waited until the stream was known.
        return [.. ages.Skip(Fps)];
    }

    /// <summary>An HTTP camera that sends each of its clients the same image at the same moment.</summary>
    private sealed class Camera : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();
        private readonly List<NetworkStream> clients = [];
        private readonly long[] sent = new long[Greys];
        private readonly byte[][] images;
        private readonly Task sending;

        public Camera(string size)
        {
            images = [.. Enumerable.Range(0, Greys).Select(number => Image(size, number * Step))];
            listener.Start();
            _ = AcceptAsync();
            sending = Task.Factory.StartNew(Send, TaskCreationOptions.LongRunning);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public string Address => $"http://127.0.0.1:{Port}/video";

        /// <summary>How long ago a grey was sent last, in milliseconds.</summary>
        public double AgeOf(int grey) => Stopwatch.GetElapsedTime(Volatile.Read(ref sent[grey])).TotalMilliseconds;

        public void Dispose()
        {
            stop.Cancel();
            listener.Dispose();
            sending.Wait();
            lock (clients)
            {
                clients.ForEach(client => client.Dispose());
            }
        }

        private static byte[] Image(string size, int grey)
        {
            byte[] jpeg = Tools.FFmpeg(
                "-f", "lavfi", "-i", string.Create(
                    CultureInfo.InvariantCulture, $"testsrc2=s={size},drawbox=0:0:64:64:c=0x{grey:x2}{grey:x2}{grey:x2}:t=fill"),
                "-frames:v", "1", "-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "mjpeg", "-");
            byte[] head = Encoding.ASCII.GetBytes($"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
            return [.. head, .. jpeg, .. "\r\n"u8];
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                    client.NoDelay = true;
                    NetworkStream stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[8192], stop.Token);
                    await stream.WriteAsync(
                        "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"u8.ToArray(), stop.Token);
                    lock (clients)
                    {
                        clients.Add(stream);
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test has ended.
            }
        }

        private void Send()
        {
            long start = Stopwatch.GetTimestamp();
            for (int number = 0; !stop.IsCancellationRequested; number++)
            {
                TimeSpan wait = TimeSpan.FromSeconds((double)number / Fps) - Stopwatch.GetElapsedTime(start);
                Thread.Sleep(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                Volatile.Write(ref sent[number % Greys], Stopwatch.GetTimestamp());
                lock (clients)
                {
                    // Each is the first one half of the time.
                    (number % 2 == 0 ? clients.ToArray() : [.. Enumerable.Reverse(clients)]).ToList().ForEach(
                        client => TrySend(client, images[number % Greys]));
                }
            }
        }

        private void TrySend(NetworkStream client, byte[] image)
        {
            try
            {
                client.Write(image);
            }
            catch (IOException)
            {
                clients.Remove(client);
            }
        }
    }
}

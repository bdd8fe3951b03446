using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using LiveConv.Media;

namespace LiveConv.Attack.Tests;

/// <summary>The relay's port is open to every account of the machine: others get nothing there, and nobody holds its places.</summary>
public sealed class RelayAccountTests
{
    private const int Places = 64;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    // The camera's answer ends the stream of this account's FFmpeg.
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rtsp_ConnectionOfAnAccount_ReachesTheCameraOnlyIfItIsThisUsers(bool isThisUsers)
    {
        OtherAccount.Need();
        using var camera = new HostileServer("127.0.0.1", (_, to) => to.WriteAsync(
            "RTSP/1.0 302 Found\r\nCSeq: 1\r\nLocation: http://127.0.0.1/\r\n\r\n"u8.ToArray()).AsTask());
        string address = $"rtsp://{camera.At}/x";
        using var relay = new RtspRelay(new AddressGuard("127.0.0.1", camera.Port), address);
        int port = new Uri(relay.Replace(address)).Port;

        // Ends when the relay ends the connection.
        string[] client =
        [
            "timeout", "60", "bash", "-c",
            string.Create(
                CultureInfo.InvariantCulture,
                $"exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'OPTIONS * RTSP/1.0\\r\\nCSeq: 1\\r\\n\\r\\n' >&3; cat <&3"),
        ];
        if (isThisUsers)
        {
            using Process own = Process.Start(client[0], client[1..]);
            await own.WaitForExitAsync();
        }
        else
        {
            OtherAccount.Run(client);
        }

        Assert.Equal(isThisUsers ? 1 : 0, camera.Connections);
        Assert.Equal(isThisUsers, relay.Refusal is not null);
    }

    [Fact]
    public async Task Http_SilentConnectionsOnAllPlaces_HoldUpTheNextForSecondsOnly()
    {
        using var relay = new HttpRelay(new AddressGuard("127.0.0.1", 9));
        int port = new Uri(relay.Environment["http_proxy"]!).Port;
        TcpClient[] silent = [.. Enumerable.Range(0, Places).Select(_ => new TcpClient("127.0.0.1", port))];
        try
        {
            using var next = new TcpClient("127.0.0.1", port);
            await next.GetStream().WriteAsync("GET http://127.0.0.1:9/ HTTP/1.1\r\n\r\n"u8.ToArray());
            byte[] answer = new byte[1000];
            int length = await next.GetStream().ReadAsync(answer).AsTask().WaitAsync(MaxWait);

            Assert.StartsWith("HTTP/1.1 407 ", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        }
        finally
        {
            Array.ForEach(silent, client => client.Dispose());
        }
    }
}

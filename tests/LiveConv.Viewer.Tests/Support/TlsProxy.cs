using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace LiveConv.Viewer.Tests;

/// <summary>
/// What proxies do, before a page: https at its own name under a path, which is cut from the address or not, and a <c>Host</c> that is
/// passed on or not. One request a connection, or one WebSocket.
/// </summary>
internal sealed class TlsProxy : IDisposable
{
    private readonly TlsListener listener;
    private readonly string prefix;
    private readonly bool cutsPrefix;
    private readonly bool keepsHost;
    private int target;

    public TlsProxy(string prefix, bool cutsPrefix, bool keepsHost)
    {
        this.prefix = prefix;
        this.cutsPrefix = cutsPrefix;
        this.keepsHost = keepsHost;
        listener = new TlsListener("cam.localhost", PassAsync);
    }

    /// <summary>Where browsers reach it, without a slash at the end.</summary>
    public Uri Address => new($"https://cam.localhost:{listener.Port}{prefix}");

    /// <summary>The port of the page behind it.</summary>
    public int Target
    {
        set => Volatile.Write(ref target, value);
    }

    public void Dispose() => listener.Dispose();

    private async Task PassAsync(SslStream outside, CancellationToken stop)
    {
        string head = await ReadHeadAsync(outside);
        using var inside = new TcpClient();
        await inside.ConnectAsync(IPAddress.Loopback, Volatile.Read(ref target), stop);
        NetworkStream page = inside.GetStream();
        await page.WriteAsync(Encoding.ASCII.GetBytes(Rewrite(head)), stop);
        await Task.WhenAny(outside.CopyToAsync(page, stop), page.CopyToAsync(outside, stop));
    }

    private static async Task<string> ReadHeadAsync(SslStream from)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append(await from.ReadAsync(one) == 1 ? (char)one[0] : throw new IOException("the browser has left"));
        }

        return head.ToString();
    }

    private string Rewrite(string head)
    {
        string[] lines = head.Split("\r\n");
        string[] request = lines[0].Split(' ');
        string path = cutsPrefix && request[1].StartsWith(prefix, StringComparison.Ordinal) ? request[1][prefix.Length..] : request[1];
        bool isSocket = lines.Any(line => line.StartsWith("Upgrade:", StringComparison.OrdinalIgnoreCase));
        var passed = new List<string> { $"{request[0]} {(path.StartsWith('/') ? path : "/" + path)} HTTP/1.1" };
        foreach (string line in lines[1..^2])
        {
            string name = line.Split(':')[0].ToLowerInvariant();
            passed.Add(name switch
            {
                "host" when !keepsHost => $"Host: 127.0.0.1:{target}",
                "connection" when !isSocket => "Connection: close",
                _ => line,
            });
        }

        passed.AddRange(["X-Forwarded-Proto: https", $"X-Forwarded-Host: {Address.Authority}", "X-Forwarded-For: 192.0.2.7", "", ""]);
        return string.Join("\r\n", passed);
    }
}

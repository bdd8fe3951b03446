using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LiveConv.Viewer.Tests;

/// <summary>
/// What proxies do, before a page: https at its own name under a path, which is cut from the address or not, and a <c>Host</c> that is
/// passed on or not. One request a connection, or one WebSocket.
/// </summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly string prefix;
    private readonly bool cutsPrefix;
    private readonly bool keepsHost;
    private readonly Task serving;
    private int target;

    public TlsProxy(string prefix, bool cutsPrefix, bool keepsHost)
    {
        this.prefix = prefix;
        this.cutsPrefix = cutsPrefix;
        this.keepsHost = keepsHost;
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Where browsers reach it, without a slash at the end.</summary>
    public Uri Address => new($"https://cam.localhost:{((IPEndPoint)listener.LocalEndpoint).Port}{prefix}");

    /// <summary>The port of the page behind it.</summary>
    public int Target
    {
        set => Volatile.Write(ref target, value);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        certificate.Dispose();
        stop.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cam.localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = PassAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var outside = new SslStream(client.GetStream()))
            using (var inside = new TcpClient())
            {
                await outside.AuthenticateAsServerAsync(certificate);
                string head = await ReadHeadAsync(outside);
                await inside.ConnectAsync(IPAddress.Loopback, Volatile.Read(ref target), stop.Token);
                NetworkStream page = inside.GetStream();
                await page.WriteAsync(Encoding.ASCII.GetBytes(Rewrite(head)), stop.Token);
                await Task.WhenAny(outside.CopyToAsync(page, stop.Token), page.CopyToAsync(outside, stop.Token));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Either side has left.
        }
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

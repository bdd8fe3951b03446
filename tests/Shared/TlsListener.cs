using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveConv.Tests;

/// <summary>Accepts encrypted connections on this machine, with a certificate that it signs itself, as cameras do.</summary>
internal sealed class TlsListener : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly X509Certificate2 certificate;
    private readonly Func<SslStream, CancellationToken, Task> serve;

    /// <summary>Starts it.</summary>
    /// <param name="name">The host that the certificate is for.</param>
    /// <param name="serve">Serves a connection until it ends; may throw what broken connections throw.</param>
    public TlsListener(string name, Func<SslStream, CancellationToken, Task> serve)
    {
        this.serve = serve;
        certificate = MakeCertificate(name);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Host and port.</summary>
    public string At => listener.LocalEndpoint.ToString()!;

    /// <summary>A server's certificate that nobody has signed but itself.</summary>
    /// <param name="name">The host that it is for.</param>
    public static X509Certificate2 MakeCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Forwards a connection to a server of this machine, until either side ends it.</summary>
    public static async Task ForwardAsync(SslStream outside, int port, CancellationToken stop)
    {
        using var inside = new TcpClient();
        await inside.ConnectAsync(IPAddress.Loopback, port, stop);
        NetworkStream server = inside.GetStream();
        await Task.WhenAny(outside.CopyToAsync(server, stop), server.CopyToAsync(outside, stop));
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(certificate);
                await serve(stream, end.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The client has gone, or the test has ended.
        }
    }
}

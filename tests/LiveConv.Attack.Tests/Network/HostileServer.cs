using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>A server that answers each request as the test wants, and counts what reaches it.</summary>
internal sealed class HostileServer : IDisposable
{
    private readonly TcpListener listener;
    private readonly Func<string, Stream, Task> answer;
    private readonly X509Certificate2? certificate;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Socket> clients = [];

    /// <summary>Starts it.</summary>
    /// <param name="address">The address that it listens on.</param>
    /// <param name="answer">Writes the answer to a request, whose first line it gets; then the connection ends.</param>
    /// <param name="isEncrypted">It speaks TLS.</param>
    public HostileServer(string address, Func<string, Stream, Task> answer, bool isEncrypted = false)
    {
        this.answer = answer;
        certificate = isEncrypted ? TlsListener.MakeCertificate(address) : null;
        listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string At => listener.LocalEndpoint.ToString()!;

    public int Connections
    {
        get
        {
            lock (clients)
            {
                return clients.Count;
            }
        }
    }

    public static byte[] Http(string fields, byte[]? body = null) =>
    [
        .. Encoding.ASCII.GetBytes($"HTTP/1.1 {fields}\r\nContent-Length: {body?.Length ?? 0}\r\nConnection: close\r\n\r\n"), .. body ?? [],
    ];

    public static byte[] Ok(byte[] body) => Http("200 OK", body);

    public static byte[] Ok(string body) => Ok(Encoding.ASCII.GetBytes(body));

    public static byte[] Redirect(string to) => Http($"302 Found\r\nLocation: {to}");

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        certificate?.Dispose();
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
                Socket client = await listener.AcceptSocketAsync(stop.Token);
                lock (clients)
                {
                    clients.Add(client);
                }

                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using Stream stream = await EncryptAsync(new NetworkStream(client, ownsSocket: true));
            string? first = null;
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(stop.Token) is { } line && line.Length > 0)
            {
                first ??= line;
            }

            if (first is not null)
            {
                await answer(first, stream);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException)
        {
            // The client has gone.
        }
    }

    private async Task<Stream> EncryptAsync(NetworkStream connection)
    {
        if (certificate is null)
        {
            return connection;
        }

        var encrypted = new SslStream(connection);
        await encrypted.AuthenticateAsServerAsync(certificate);
        return encrypted;
    }
}

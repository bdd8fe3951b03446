using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace LiveConv.Media;

/// <summary>
/// An HTTP proxy for one FFmpeg, which sends it every request of http and https: of the address, of redirections, segments and keys. Its
/// password is in FFmpeg's environment, where other accounts cannot read it.
/// </summary>
internal sealed class HttpRelay : AddressRelay
{
    private const string User = "liveconv";

    // FFmpeg sends its request as soon as it is connected; without the password nobody holds a place for longer.
    private static readonly TimeSpan MaxWaitForHead = TimeSpan.FromSeconds(5);
    private readonly byte[] credentials;

    /// <summary>Starts it.</summary>
    /// <param name="guard">Makes the connections.</param>
    public HttpRelay(AddressGuard guard)
        : this(guard, RandomNumberGenerator.GetHexString(32, lowercase: true))
    {
    }

    private HttpRelay(AddressGuard guard, string password)
        : base(guard)
    {
        credentials = Encoding.ASCII.GetBytes("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{User}:{password}")));
        Environment = new Dictionary<string, string?>
        {
            ["http_proxy"] = string.Create(CultureInfo.InvariantCulture, $"http://{User}:{password}@127.0.0.1:{Port}/"),
            ["no_proxy"] = null,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string?> Environment { get; }

    /// <inheritdoc/>
    protected override async Task ServeAsync(NetworkStream client, CancellationToken stop)
    {
        var requests = new HeadReader(client);
        if (await FirstAsync(requests, stop).ConfigureAwait(false) is not { } head)
        {
            await AnswerAsync(client, "400 Bad Request", stop).ConfigureAwait(false);
            return;
        }

        // FFmpeg shows its password when it is required to.
        if (head.Credentials is not { } shown || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(shown), credentials))
        {
            await AnswerAsync(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"LiveConv\"", stop)
                .ConfigureAwait(false);
            return;
        }

        using NetworkStream? server = await ConnectAsync(head.To, stop).ConfigureAwait(false);
        if (server is null)
        {
            await AnswerAsync(client, "502 Bad Gateway", stop).ConfigureAwait(false);
            return;
        }

        Task sending = head.Method == HttpHead.Tunnel
            ? TunnelAsync(client, server, stop)
            : SendAsync(head, requests, server, stop);
        Task receiving = CopyAsync(server, client, stop);
        await await Task.WhenAny(sending, receiving).ConfigureAwait(false);
    }

    private static async Task TunnelAsync(NetworkStream client, NetworkStream server, CancellationToken stop)
    {
        await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop).ConfigureAwait(false);
        await CopyAsync(client, server, stop).ConfigureAwait(false);
    }

    // A connection that is kept has one request after the other, of one server.
    private static async Task SendAsync(HttpHead first, HeadReader requests, NetworkStream server, CancellationToken stop)
    {
        for (HttpHead? head = first; head is not null && head.To == first.To; head = await NextAsync(requests, stop).ConfigureAwait(false))
        {
            await server.WriteAsync(head.ToServer(), stop).ConfigureAwait(false);
        }
    }

    private static async Task<HttpHead?> FirstAsync(HeadReader requests, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(MaxWaitForHead);
        return await NextAsync(requests, timeout.Token).ConfigureAwait(false);
    }

    private static async Task<HttpHead?> NextAsync(HeadReader requests, CancellationToken stop)
    {
        try
        {
            return await requests.HeadAsync(stop).ConfigureAwait(false) is { } lines ? HttpHead.Parse(lines) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task AnswerAsync(NetworkStream client, string status, CancellationToken stop) => await client.WriteAsync(
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stop).ConfigureAwait(false);
}

using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace LiveConv.Media;

/// <summary>
/// Forwards the connections of FFmpeg's RTSP client, which knows no proxies, and reads the answers: a redirection leads here, too.
/// Encrypted connections (rtsps) are encrypted here.
/// </summary>
internal sealed class RtspRelay : AddressRelay
{
    private const string Encrypted = "rtsps";
    private readonly string address;
    private Target target;

    /// <summary>Starts it.</summary>
    /// <param name="guard">Makes the connections.</param>
    /// <param name="address">The address of the camera: rtsp or rtsps.</param>
    public RtspRelay(AddressGuard guard, string address)
        : base(guard)
    {
        this.address = address;
        target = new Target(new HostPort(guard.Host, guard.Port), IsEncrypted(address));
    }

    /// <summary>The port of an address that has none.</summary>
    /// <param name="address">An address of RTSP.</param>
    public static int DefaultPortOf(string address) => IsEncrypted(address) ? 322 : 554;

    /// <inheritdoc/>
    public override string Replace(string address) => address == this.address ? Here(address) : address;

    /// <inheritdoc/>
    protected override async Task ServeAsync(NetworkStream client, CancellationToken stop)
    {
        Target to = Volatile.Read(ref target);
        using NetworkStream? connection = await ConnectAsync(to.Server, stop).ConfigureAwait(false);
        if (connection is null)
        {
            return;
        }

        IPAddress from = ((IPEndPoint)connection.Socket.RemoteEndPoint!).Address;
        Stream? server = to.IsEncrypted ? await EncryptAsync(connection, to.Server.Host, stop).ConfigureAwait(false) : connection;
        if (server is null)
        {
            return;
        }

        try
        {
            Task sending = CopyAsync(client, server, stop);
            Task receiving = new RtspAnswers(new HeadReader(server), client, from, Follow).CopyAsync(stop);
            await await Task.WhenAny(sending, receiving).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            Refuse(e.Message);
        }
        finally
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsEncrypted(string address) => address.StartsWith(Encrypted + ":", StringComparison.OrdinalIgnoreCase);

    private async Task<Stream?> EncryptAsync(NetworkStream connection, string host, CancellationToken stop)
    {
        var encrypted = new SslStream(connection);
        try
        {
            await encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = AnyCertificate.Validator },
                stop).ConfigureAwait(false);
            return encrypted;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            Fault = "wrong version number";
            await encrypted.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    // The same address with this machine in place of its host.
    private string Here(string address)
    {
        int start = address.IndexOf("://", StringComparison.Ordinal) + 3;
        int end = address.IndexOfAny(['/', '?', '#', '\\'], start);
        string authority = end < 0 ? address[start..] : address[start..end];
        string user = authority[..(authority.LastIndexOf('@') + 1)];
        return string.Create(CultureInfo.InvariantCulture, $"rtsp://{user}127.0.0.1:{Port}{(end < 0 ? "" : address[end..])}");
    }

    /// <summary>Where FFmpeg goes when a server leads elsewhere: here again; whether that host may be reached is decided then.</summary>
    /// <param name="location">The address that the server names.</param>
    /// <returns>The address for FFmpeg.</returns>
    /// <exception cref="InvalidDataException">It is none of RTSP.</exception>
    internal string Follow(string location)
    {
        bool isRtsp = location.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) || IsEncrypted(location);
        if (!isRtsp || HostPort.OfAddress(location, DefaultPortOf(location)) is not { } next)
        {
            throw new InvalidDataException("its server leads to an address that is none of RTSP: that is not followed");
        }

        Volatile.Write(ref target, new Target(next, IsEncrypted(location)));
        return Here(location);
    }

    private sealed record Target(HostPort Server, bool IsEncrypted);
}

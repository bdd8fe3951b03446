using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Which addresses are guarded: those whose servers can lead elsewhere, http, https, rtsp and rtsps. Of the others FFmpeg's list of
/// protocols is so short that they lead nowhere.
/// </summary>
internal static class AddressGuards
{
    /// <summary>The guard of an address.</summary>
    /// <param name="address">The address; its scheme in small letters.</param>
    /// <returns>Null for an address that needs none, and where the user's own proxy (http_proxy) makes all connections.</returns>
    /// <exception cref="LiveConvException">The address names no host.</exception>
    public static AddressGuard? Of(string address)
    {
        string scheme = address[..address.IndexOf(':', StringComparison.Ordinal)];
        int port = scheme switch
        {
            "http" => 80,
            "https" => 443,
            "rtsp" or "rtsps" => RtspRelay.DefaultPortOf(address),
            _ => 0,
        };
        if (port == 0)
        {
            return null;
        }

        HostPort to = HostPort.OfAddress(address, port)
            ?? throw new LiveConvException($"cannot read {AddressText.ToDisplay(address)}: the address names no host");
        bool isProxied = scheme is "http" or "https" && UsersProxy.Serves(
            to.Host, Environment.GetEnvironmentVariable("http_proxy"), Environment.GetEnvironmentVariable("no_proxy"));
        return isProxied ? null : new AddressGuard(to.Host, to.Port);
    }

    /// <summary>Starts what makes FFmpeg's connections to a guarded address.</summary>
    /// <param name="guard">The guard.</param>
    /// <param name="address">The address.</param>
    /// <returns>The relay; the caller's to dispose.</returns>
    public static AddressRelay Start(AddressGuard guard, string address) =>
        address.StartsWith("http", StringComparison.Ordinal) ? new HttpRelay(guard) : new RtspRelay(guard, address);
}

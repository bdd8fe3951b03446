using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Distinguishes a file behind an HTTP address from a live stream, where its container knows no duration: a server states the length of
/// a file. FFmpeg reads the header but does not report it.
/// </summary>
internal static class HttpLength
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Requests the address once more, and reads only the response's header.</summary>
    /// <param name="address">An http or https address.</param>
    /// <param name="guard">Makes the connections; null where the user's proxy makes them.</param>
    /// <param name="stop">Ends the request.</param>
    /// <returns>True if the server states a length. False also when it refuses or does not answer in time.</returns>
    public static bool IsKnown(string address, AddressGuard? guard, CancellationToken stop)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            return false;
        }

        try
        {
            using var handler = new SocketsHttpHandler();
            handler.SslOptions.RemoteCertificateValidationCallback = AnyCertificate.Validator;
            if (guard is not null)
            {
                handler.UseProxy = false;
                handler.ConnectCallback = (to, end) => ConnectAsync(guard, to.DnsEndPoint, end);
            }

            using var client = new HttpClient(handler) { Timeout = Timeout };
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            if (uri.UserInfo.Length > 0)
            {
                string user = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo)));
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", user);
            }

            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return response.IsSuccessStatusCode && response.Content.Headers.ContentLength is > 0;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or NotSupportedException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(AddressGuard guard, DnsEndPoint to, CancellationToken stop)
    {
        try
        {
            return new NetworkStream(await guard.ConnectAsync(to.Host, to.Port, stop).ConfigureAwait(false), ownsSocket: true);
        }
        catch (LiveConvException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }
}

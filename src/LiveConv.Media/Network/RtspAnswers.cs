using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>Copies what an RTSP server sends to FFmpeg: messages, and the packets of video between them.</summary>
/// <param name="server">What comes from the server. Borrowed.</param>
/// <param name="client">FFmpeg. Borrowed.</param>
/// <param name="from">The server's address: video over UDP comes from there and no other host.</param>
/// <param name="follow">Replaces the address that a redirection leads to.</param>
internal sealed partial class RtspAnswers(HeadReader server, Stream client, IPAddress from, Func<string, string> follow)
{
    private const int MaxLine = 4000;
    private const int MaxBody = 1 << 20;

    /// <summary>Copies until the server ends the connection.</summary>
    /// <param name="stop">Ends it, too.</param>
    /// <exception cref="InvalidDataException">The server sends what is not RTSP; the message is a clause.</exception>
    public async Task CopyAsync(CancellationToken stop)
    {
        while (await server.PeekAsync(stop).ConfigureAwait(false) is { } first)
        {
            bool isGoingOn = first == '$'
                ? await CopyPacketAsync(stop).ConfigureAwait(false)
                : await CopyMessageAsync(stop).ConfigureAwait(false);
            if (!isGoingOn)
            {
                return;
            }
        }
    }

    // Video and its reports between the messages: a mark, the channel, the length.
    private async Task<bool> CopyPacketAsync(CancellationToken stop)
    {
        byte[] head = new byte[4];
        for (int i = 0; i < head.Length; i++)
        {
            ReadOnlyMemory<byte> next = await server.TakeAsync(1, stop).ConfigureAwait(false);
            if (next.Length == 0)
            {
                return false;
            }

            head[i] = next.Span[0];
        }

        await client.WriteAsync(head, stop).ConfigureAwait(false);
        return await CopyBytesAsync((head[2] << 8) | head[3], stop).ConfigureAwait(false);
    }

    private async Task<bool> CopyBytesAsync(int count, CancellationToken stop)
    {
        while (count > 0)
        {
            ReadOnlyMemory<byte> part = await server.TakeAsync(count, stop).ConfigureAwait(false);
            if (part.Length == 0)
            {
                return false;
            }

            await client.WriteAsync(part, stop).ConfigureAwait(false);
            count -= part.Length;
        }

        return true;
    }

    // FFmpeg gets what was understood here, so that the two never disagree about where a line or a message ends.
    private async Task<bool> CopyMessageAsync(CancellationToken stop)
    {
        if (await server.HeadAsync(stop).ConfigureAwait(false) is not { } lines)
        {
            return false;
        }

        if (lines.Any(line => line.Length > MaxLine || line[0] == '$' || line.Any(c => c < ' ' && c != '\t')))
        {
            throw new InvalidDataException("its server sends a message that is none of RTSP");
        }

        int length = 0;
        var kept = new List<string> { lines[0] };
        foreach (string line in lines.Skip(1))
        {
            (string name, string value) = Field(line);
            switch (name)
            {
                case "content-length":
                    length = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int stated) && stated <= MaxBody
                        ? stated
                        : throw new InvalidDataException("its server sends a message of a length that no message has");
                    break;
                case "location":
                    kept.Add($"Location: {follow(value)}");
                    break;
                case "transport":
                    kept.Add($"Transport: {FromServer(value)}");
                    break;
                default:
                    kept.Add(line);
                    break;
            }
        }

        kept.Add(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"));
        await client.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", kept) + "\r\n\r\n"), stop).ConfigureAwait(false);
        return await CopyBytesAsync(length, stop).ConfigureAwait(false);
    }

    private static (string Name, string Value) Field(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", line) : (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
    }

    // FFmpeg sends its reports to the source that is stated, or else to the host that it knows, which is this relay.
    private string FromServer(string transport) => transport.Contains("/TCP", StringComparison.OrdinalIgnoreCase)
        ? transport
        : $"{Source().Replace(transport, "")};source={from}";

    [GeneratedRegex(";?\\s*source=[^;,]*", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}

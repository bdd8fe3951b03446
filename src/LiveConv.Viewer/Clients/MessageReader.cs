using System.Net.WebSockets;

namespace LiveConv.Viewer;

/// <summary>Puts the parts of one page's messages together, within bounds. One reader at a time.</summary>
/// <param name="socket">The connection; the caller disposes it.</param>
internal sealed class MessageReader(WebSocket socket)
{
    private byte[] buffer = new byte[Inbound.MostBytes];

    /// <summary>Waits for the next message.</summary>
    /// <returns>The message, valid until the next call; null when the page said goodbye.</returns>
    /// <exception cref="ProtocolException">The page sent what the protocol does not allow.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        int filled = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None).ConfigureAwait(false);
            filled += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Binary)
            {
                throw new ProtocolException(WebSocketCloseStatus.InvalidMessageType, "messages are text");
            }

            if (part.EndOfMessage)
            {
                return buffer.AsMemory(0, filled);
            }

            if (filled == buffer.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        bool mayGrow = buffer.Length < Inbound.MostEditBytes && Inbound.BeginsAnEdit(buffer);
        if (!mayGrow)
        {
            throw new ProtocolException(WebSocketCloseStatus.MessageTooBig, $"a message has at most {Inbound.MostBytes} bytes");
        }

        Array.Resize(ref buffer, Inbound.MostEditBytes);
    }
}

using System.Net.WebSockets;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>Puts the parts of one page's messages together, within bounds. One reader at a time.</summary>
/// <param name="socket">The connection; the caller disposes it.</param>
/// <param name="imageBytes">Bytes of each camera image, as agreed; 0 while none may come.</param>
internal sealed class MessageReader(WebSocket socket, Func<int> imageBytes)
{
    private readonly byte[] shortText = new byte[PageSession.MaxTextBytes([])];
    private byte[] text = [];
    private byte[] longText = [];
    private byte[] image = [];

    private int ImageBytes => image.Length;

    /// <summary>Waits for the next message.</summary>
    /// <returns>Whether it is an image, and its bytes, valid until the next call; null when the page closed the connection.</returns>
    /// <exception cref="ProtocolException">The page sent what the protocol does not allow.</exception>
    public async ValueTask<(bool IsImage, ReadOnlyMemory<byte> Bytes)?> ReadAsync()
    {
        // A long message's buffer is for that message alone: the next one has the usual bound again.
        text = shortText;
        int filled = 0;
        bool isImage = false;
        while (true)
        {
            Memory<byte> room = (isImage ? image : text).AsMemory(filled);
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(room, CancellationToken.None).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Binary && !isImage)
            {
                BeginImage(part.Count);
                isImage = true;
            }

            filled += part.Count;
            if (part.EndOfMessage)
            {
                return isImage ? (true, Whole(filled)) : (false, text.AsMemory(0, filled));
            }

            if (filled == (isImage ? image : text).Length)
            {
                Grow(isImage);
            }
        }
    }

    // The kind of a message shows with its first part, which has come into the buffer for text.
    private void BeginImage(int count)
    {
        int agreed = imageBytes();
        image = agreed == image.Length ? image : new byte[agreed];
        if (ImageBytes == 0)
        {
            throw new ProtocolException(
                WebSocketCloseStatus.InvalidMessageType, "messages are text; images only after \"camera\" was granted");
        }

        if (count > ImageBytes)
        {
            throw WrongLength();
        }

        text.AsSpan(0, count).CopyTo(image);
    }

    private Memory<byte> Whole(int filled) => filled == ImageBytes ? image : throw WrongLength();

    private void Grow(bool isImage)
    {
        if (isImage)
        {
            throw WrongLength();
        }

        int max = PageSession.MaxTextBytes(text);
        if (text.Length == max)
        {
            string bound = max > shortText.Length ? $"kernels take at most {max} bytes" : $"a message has at most {max} bytes";
            throw new ProtocolException(WebSocketCloseStatus.MessageTooBig, bound);
        }

        longText = longText.Length == max ? longText : new byte[max];
        text.CopyTo(longText, 0);
        text = longText;
    }

    private ProtocolException WrongLength() => new(WebSocketCloseStatus.InvalidPayloadData, $"an image has {ImageBytes} bytes, as agreed");
}

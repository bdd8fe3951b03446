using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>
/// A page's WebSocket by hand, on a thread that waits: it sends frames that were made before, allocates nothing while it attacks, and may
/// stop reading whenever it wants.
/// </summary>
internal sealed class RawPage : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[1 << 22];
    private int start;
    private int end;

    private RawPage()
    {
    }

    /// <summary>The payload of the message that was read last.</summary>
    public ReadOnlySpan<byte> Message => buffer.AsSpan(start - Length, Length);

    private int Length { get; set; }

    /// <summary>The cookie that the page's address brings, as a header's value.</summary>
    public static string CookieOf(Uri address)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler);
        http.GetAsync(address).GetAwaiter().GetResult().EnsureSuccessStatusCode();
        return handler.CookieContainer.GetCookieHeader(address);
    }

    /// <summary>Connects, and requests nothing yet.</summary>
    /// <exception cref="IOException">The connection was refused.</exception>
    public static RawPage Open(Uri address)
    {
        var page = new RawPage();
        try
        {
            page.socket.ReceiveTimeout = 30_000;
            page.socket.SendTimeout = 30_000;
            page.socket.Connect(IPAddress.Loopback, address.Port);
            return page;
        }
        catch (SocketException e)
        {
            page.Dispose();
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Connects as a page.</summary>
    /// <exception cref="IOException">The connection or the page was refused.</exception>
    public static RawPage Connect(Uri address, string cookie)
    {
        RawPage page = Open(address);
        try
        {
            page.Write(Encoding.ASCII.GetBytes(
                $"GET /live HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nCookie: {cookie}\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
            int ended;
            while ((ended = page.buffer.AsSpan(0, page.end).IndexOf("\r\n\r\n"u8)) < 0)
            {
                page.Fill();
            }

            if (!page.buffer.AsSpan(0, page.end).StartsWith("HTTP/1.1 101"u8))
            {
                throw new IOException(Encoding.ASCII.GetString(page.buffer, 0, page.end));
            }

            page.start = ended + 4;
            return page;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            page.Dispose();
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>A text as a frame, masked with zeros.</summary>
    public static byte[] Frame(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    /// <summary>A frame, masked with zeros.</summary>
    /// <param name="head">The first byte: FIN and opcode.</param>
    /// <param name="payload">At most 65,535 bytes.</param>
    public static byte[] Frame(byte head, byte[] payload)
    {
        bool isShort = payload.Length < 126;
        var frame = new byte[(isShort ? 6 : 8) + payload.Length];
        frame[0] = head;
        frame[1] = (byte)(0x80 | (isShort ? payload.Length : 126));
        if (!isShort)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }

        payload.CopyTo(frame, frame.Length - payload.Length);
        return frame;
    }

    /// <summary>Sends bytes; waits as long as the other side takes none.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[socket.Send(bytes)..];
            }
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Reads a whole message; its bytes are <see cref="Message"/> until the next call.</summary>
    /// <returns>The opcode: 1 text, 2 image, 8 close, 9 ping, 10 pong.</returns>
    public int Read()
    {
        Need(2);
        int head = buffer[start];
        int short7 = buffer[start + 1] & 127;
        int header = short7 == 126 ? 4 : short7 == 127 ? 10 : 2;
        Need(header);
        long length = short7 == 126 ? BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(start + 2))
            : short7 == 127 ? BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(start + 2))
            : short7;
        Need(header + (int)length);
        start += header + (int)length;
        Length = (int)length;
        return head & 15;
    }

    /// <summary>Whether bytes wait to be read, or the end.</summary>
    public bool HasMore => end > start || socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Reads a few bytes and does nothing with them.</summary>
    public void Sip(int bytes)
    {
        start = end = 0;
        if (socket.Receive(buffer, bytes, SocketFlags.None) == 0)
        {
            throw new IOException("the connection has ended");
        }
    }

    public void Dispose() => socket.Dispose();

    private void Need(int bytes)
    {
        while (end - start < bytes)
        {
            if (start + bytes > buffer.Length || end == buffer.Length)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        try
        {
            int read = socket.Receive(buffer, end, buffer.Length - end, SocketFlags.None);
            end += read > 0 ? read : throw new IOException("the connection has ended");
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}

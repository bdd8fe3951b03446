using System.Buffers.Binary;

namespace LiveConv.Web;

/// <summary>In the place of the worker's script: keeps what the run sends.</summary>
internal static class TabExports
{
    /// <summary>The image that the page sends.</summary>
    public static byte[] Incoming { get; set; } = [];

    /// <summary>The texts that were sent.</summary>
    public static List<string> Texts { get; } = [];

    /// <summary>How many images were sent.</summary>
    public static int Images { get; set; }

    /// <summary>The newest of them, while it is not acknowledged.</summary>
    public static uint? Unanswered { get; set; }

    public static void SendText(string message) => Texts.Add(message);

    public static void SendImage(Span<byte> message)
    {
        Images++;
        Unanswered = BinaryPrimitives.ReadUInt32LittleEndian(message[4..]);
    }

    public static void CopyImage(Span<byte> to) => Incoming.CopyTo(to);

    public static void Wake()
    {
        // Its owner calls it all the time.
    }
}

using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace LiveConv.Web;

/// <summary>What the worker's script (engine.js) calls, and what it is called for.</summary>
[SupportedOSPlatform("browser")]
internal static partial class TabExports
{
    private static readonly TabRun Run = new();

    /// <summary>Takes a text message of the page.</summary>
    /// <param name="message">JSON as docs/protocol.md describes it.</param>
    /// <exception cref="FormatException">It is not a message of the protocol.</exception>
    [JSExport]
    public static void Receive(string message) => Run.Receive(message);

    /// <summary>Takes an image of the page, which <see cref="CopyImage"/> brings.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="age">How many milliseconds ago the page had it.</param>
    [JSExport]
    public static void ReceiveImage(int bytes, double age) => Run.ReceiveImage(bytes, age);

    /// <summary>Does what is due, and sends what there is to send.</summary>
    /// <returns>How many milliseconds later it is to be called again; negative while nothing changes.</returns>
    [JSExport]
    public static double Work() => Run.Work();

    /// <summary>Sends a text message to the page.</summary>
    /// <param name="message">JSON.</param>
    [JSImport("sendText", "page")]
    internal static partial void SendText(string message);

    /// <summary>Sends an image to the page.</summary>
    /// <param name="message">The binary message; copied during the call.</param>
    [JSImport("sendImage", "page")]
    internal static partial void SendImage([JSMarshalAs<JSType.MemoryView>] Span<byte> message);

    /// <summary>Copies the image that the page sent.</summary>
    /// <param name="to">As long as the image.</param>
    [JSImport("copyImage", "page")]
    internal static partial void CopyImage([JSMarshalAs<JSType.MemoryView>] Span<byte> to);

    /// <summary>Asks for a call of <see cref="Work"/> soon.</summary>
    [JSImport("wake", "page")]
    internal static partial void Wake();
}

using System.Net.WebSockets;

namespace LiveConv.Viewer;

/// <summary>A page broke the protocol; its connection ends, and nobody else notices.</summary>
/// <param name="status">The WebSocket close code.</param>
/// <param name="reason">At most 123 bytes, for the author of the page.</param>
internal sealed class ProtocolException(WebSocketCloseStatus status, string reason) : Exception(reason)
{
    /// <summary>The WebSocket close code.</summary>
    public WebSocketCloseStatus Status { get; } = status;
}

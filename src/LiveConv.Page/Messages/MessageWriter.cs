using System.Buffers;
using System.Text.Json;

namespace LiveConv.Page;

/// <summary>Writes text messages into one buffer. One thread at a time.</summary>
internal sealed class MessageWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>UTF-8, valid until the next call.</returns>
    public ReadOnlyMemory<byte> Write(OutboundMessage message)
    {
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, message, MessageJson.Default.GetTypeInfo(message.GetType())!);
        }

        return buffer.WrittenMemory;
    }
}

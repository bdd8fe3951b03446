using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LiveConv.Page;

/// <summary>
/// What of the state one page has not been sent yet: the first time all of it, then the members that changed. One thread at a time.
/// </summary>
internal sealed class StateChanges
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private JsonElement? sent;

    /// <summary>Whether the page was sent a state.</summary>
    public bool HasSent => sent is not null;

    /// <summary>Writes what changed.</summary>
    /// <param name="state">The state now, with all its members.</param>
    /// <returns>A message as UTF-8, valid until the next call; null when nothing changed.</returns>
    public ReadOnlyMemory<byte>? Write(JsonElement state)
    {
        bool hasChanges = false;
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in state.EnumerateObject())
            {
                bool isKind = member.NameEquals("type"u8);
                if (isKind || sent is not { } before || !IsSame(before.GetProperty(member.Name), member.Value))
                {
                    member.WriteTo(writer);
                    hasChanges |= !isKind;
                }
            }

            writer.WriteEndObject();
        }

        sent = state;
        if (!hasChanges)
        {
            return null;
        }

        return buffer.WrittenMemory;
    }

    private static bool IsSame(JsonElement one, JsonElement other) =>
        JsonMarshal.GetRawUtf8Value(one).SequenceEqual(JsonMarshal.GetRawUtf8Value(other));
}

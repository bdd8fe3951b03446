using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LiveConv.Page;

/// <summary>
/// What of the state one page has not been sent yet: the first time all of it, then the members that changed, and of the recordings, which
/// only become more, those that changed. One thread at a time.
/// </summary>
internal sealed class StateChanges
{
    private const string Recordings = "recordings";
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
                JsonElement? before = sent?.GetProperty(member.Name);
                if (isKind || before is not { } last || !IsSame(last, member.Value))
                {
                    Write(writer, member, before);
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

    private static void Write(Utf8JsonWriter writer, JsonProperty member, JsonElement? before)
    {
        if (before is not { } last || member.Name != Recordings)
        {
            member.WriteTo(writer);
            return;
        }

        writer.WriteStartArray(member.Name);
        int known = last.GetArrayLength();
        int number = 0;
        foreach (JsonElement recording in member.Value.EnumerateArray())
        {
            if (number >= known || !IsSame(last[number], recording))
            {
                recording.WriteTo(writer);
            }

            number++;
        }

        writer.WriteEndArray();
    }

    private static bool IsSame(JsonElement one, JsonElement other) =>
        JsonMarshal.GetRawUtf8Value(one).SequenceEqual(JsonMarshal.GetRawUtf8Value(other));
}

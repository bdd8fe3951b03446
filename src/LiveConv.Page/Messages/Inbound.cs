using System.Text.Json;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What a message of the page is about; its one member has this name.</summary>
internal enum InboundKind
{
    /// <summary>An image was drawn: its number.</summary>
    Drawn,

    /// <summary>An image was drawn that had been held back while nobody saw the page: its number.</summary>
    Late,

    /// <summary>A key was pressed: one character.</summary>
    Key,

    /// <summary>A preset was chosen: its id.</summary>
    Preset,

    /// <summary>The planes to send, and how large they are drawn.</summary>
    Show,

    /// <summary>The kernels were edited: a preset as it stands in files.</summary>
    Edit,

    /// <summary>The kernels are saved: a preset as it stands in files, to be written as one.</summary>
    PresetFile,

    /// <summary>A kernel was pasted as text: what it means.</summary>
    KernelText,

    /// <summary>A kernel is copied: its text for another program.</summary>
    KernelCopy,

    /// <summary>How one pixel came about: the map and the place.</summary>
    Xray,

    /// <summary>Which image the page holds: the newest, true; the one of the presenter's page, "stage"; none, false.</summary>
    Hold,

    /// <summary>The maps of all layers, as small images: how wide, and which one larger.</summary>
    Layers,

    /// <summary>What the network makes of the image: which layer, how large, and a unit to explain.</summary>
    Network,

    /// <summary>Learn a kernel: the map and the kernel's size; "stage", be sent what the presenter's page learns; null to stop.</summary>
    Learn,

    /// <summary>What the microscope shows: a small image and what is done with it.</summary>
    Microscope,

    /// <summary>The lessons, in a language.</summary>
    Lessons,

    /// <summary>What somebody expects of a lesson's step: is it so?</summary>
    Predict,

    /// <summary>The newest image as a preset makes it, small: the preset's id.</summary>
    Thumbnail,

    /// <summary>An edit is thrown away: its id.</summary>
    Discard,

    /// <summary>A source that has ended is played again from its start: true.</summary>
    Replay,

    /// <summary>What the newest image shows, in words: true.</summary>
    Seen,

    /// <summary>The page offers its camera's images: their size, or null to stop.</summary>
    Camera,

    /// <summary>What the presenter's page shows, for second windows to follow.</summary>
    Stage,

    /// <summary>Whether a pixel is there, before it is looked at.</summary>
    Place,

    /// <summary>Guests are to come in: the address that lets them; null.</summary>
    Share,
}

/// <summary>What kinds of messages do.</summary>
internal static class InboundKinds
{
    /// <summary>
    /// Whether only presenters' pages may send a message: it changes what all pages see, or the run itself, or lets others in. The others
    /// concern the page alone.
    /// </summary>
    public static bool IsForPresenters(this InboundKind kind) =>
        kind is InboundKind.Key or InboundKind.Preset or InboundKind.Edit or InboundKind.Discard or InboundKind.Replay
            or InboundKind.Camera or InboundKind.Stage or InboundKind.Share;
}

/// <summary>A message of the page: one object with one member. Valid as long as the bytes it was read from.</summary>
internal readonly ref struct Inbound
{
    /// <summary>The longest message, in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>The longest message that holds kernels, in bytes: that of a preset file.</summary>
    public const int MaxKernelBytes = Presets.PresetFile.MaxBytes;

    private static readonly InboundKind[] Kinds = Enum.GetValues<InboundKind>();

    private Inbound(InboundKind kind, ReadOnlySpan<byte> body, JsonTokenType bodyType)
    {
        Kind = kind;
        Body = body;
        BodyType = bodyType;
    }

    /// <summary>The kind of message.</summary>
    public InboundKind Kind { get; }

    /// <summary>The member's value, as JSON.</summary>
    public ReadOnlySpan<byte> Body { get; }

    private JsonTokenType BodyType { get; }

    /// <summary>The body as a number.</summary>
    /// <exception cref="FormatException">It is none, or not from 0 to 2^32-1.</exception>
    public uint Number
    {
        get
        {
            Utf8JsonReader reader = ReadBody();
            uint number = 0;
            Require(BodyType == JsonTokenType.Number && reader.TryGetUInt32(out number), $"\"{Kind}\" is a number");
            return number;
        }
    }

    /// <summary>The body as true or false.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public bool Flag
    {
        get
        {
            Require(BodyType is JsonTokenType.True or JsonTokenType.False, $"\"{Kind}\" is true or false");
            return BodyType == JsonTokenType.True;
        }
    }

    /// <summary>Whether the body is "stage": what the presenter's page has.</summary>
    public bool IsStage => BodyType == JsonTokenType.String && ReadBody().ValueTextEquals("stage"u8);

    /// <summary>The body as what a page holds.</summary>
    /// <exception cref="FormatException">It is nothing that a page can hold.</exception>
    public HoldChoice Hold
    {
        get
        {
            Require(
                IsStage || BodyType is JsonTokenType.True or JsonTokenType.False, $"\"{Kind}\" is true, false or \"stage\"");
            return IsStage ? HoldChoice.Stage : BodyType == JsonTokenType.True ? HoldChoice.Newest : HoldChoice.None;
        }
    }

    /// <summary>The body as text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public string Text
    {
        get
        {
            Require(BodyType == JsonTokenType.String, $"\"{Kind}\" is text");
            try
            {
                return ReadBody().GetString()!;
            }
            catch (InvalidOperationException e)
            {
                throw new FormatException($"\"{Kind}\" is not Unicode", e);
            }
        }
    }

    /// <summary>The body as one character.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public char Character
    {
        get
        {
            string text = Text;
            Require(text.Length == 1, $"\"{Kind}\" is one character");
            return text[0];
        }
    }

    /// <summary>Reads a message.</summary>
    /// <param name="json">The whole message.</param>
    /// <returns>The message.</returns>
    /// <exception cref="FormatException">It is not a message of the protocol; the reason fits a WebSocket's close frame.</exception>
    public static Inbound Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "a message is a JSON object");
            Require(reader.Read() && reader.TokenType == JsonTokenType.PropertyName, "a message has one member");
            InboundKind kind = KindOf(ref reader);
            reader.Read();
            JsonTokenType type = reader.TokenType;
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            Require(reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read(), "a message has one member");
            return new Inbound(kind, json[start..end], type);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("a message is JSON", e);
        }
    }

    /// <summary>Whether a message, by its start, holds kernels and so may be longer than others.</summary>
    public static bool MayBeLong(ReadOnlySpan<byte> json) =>
        json.StartsWith("{\"edit\":"u8) || json.StartsWith("{\"presetFile\":"u8)
        || json.StartsWith("{\"place\":"u8)
        || json.StartsWith("{\"kernelText\":"u8) || json.StartsWith("{\"kernelCopy\":"u8);

    private static InboundKind KindOf(ref Utf8JsonReader reader)
    {
        foreach (InboundKind kind in Kinds)
        {
            if (reader.ValueTextEquals(NameOf(kind)))
            {
                return kind;
            }
        }

        throw new FormatException("no message has a member of this name");
    }

    private static ReadOnlySpan<byte> NameOf(InboundKind kind) => kind switch
    {
        InboundKind.Drawn => "drawn"u8,
        InboundKind.Late => "late"u8,
        InboundKind.Key => "key"u8,
        InboundKind.Preset => "preset"u8,
        InboundKind.Show => "show"u8,
        InboundKind.Edit => "edit"u8,
        InboundKind.PresetFile => "presetFile"u8,
        InboundKind.KernelText => "kernelText"u8,
        InboundKind.KernelCopy => "kernelCopy"u8,
        InboundKind.Xray => "xray"u8,
        InboundKind.Hold => "hold"u8,
        InboundKind.Layers => "layers"u8,
        InboundKind.Network => "network"u8,
        InboundKind.Learn => "learn"u8,
        InboundKind.Stage => "stage"u8,
        InboundKind.Place => "place"u8,
        InboundKind.Share => "share"u8,
        InboundKind.Microscope => "microscope"u8,
        InboundKind.Lessons => "lessons"u8,
        InboundKind.Predict => "predict"u8,
        InboundKind.Thumbnail => "thumbnail"u8,
        InboundKind.Discard => "discard"u8,
        InboundKind.Replay => "replay"u8,
        InboundKind.Seen => "seen"u8,
        _ => "camera"u8,
    };

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }

    private Utf8JsonReader ReadBody()
    {
        var reader = new Utf8JsonReader(Body);
        reader.Read();
        return reader;
    }
}

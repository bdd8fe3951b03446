using System.Text.Json;

namespace LiveConv.Page;

/// <summary>One plane that a page shows.</summary>
/// <param name="Plane">Which one.</param>
/// <param name="Width">How wide it is drawn, in pixels of the device, at least 1.</param>
/// <param name="Height">How high it is drawn, in pixels of the device, at least 1.</param>
/// <param name="Signed">
/// A map as its sums with their sign, where its preset has it: 128 is zero, 255 and 1 are as bright as the map itself.
/// </param>
internal sealed record ShownPlane(PlaneName Plane, int Width, int Height, bool Signed = false)
{
    /// <summary>What a page gets until it asks for something else: both maps, whole.</summary>
    public static IReadOnlyList<ShownPlane> Maps { get; } = [Whole(PlaneName.Vertical), Whole(PlaneName.Horizontal)];

    /// <summary>Reads the body of a message: a list of planes, each with its size, or as a name alone and then whole.</summary>
    /// <param name="json">The body.</param>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static IReadOnlyList<ShownPlane> Read(ReadOnlySpan<byte> json)
    {
        const string IsList = "\"show\" is a list of planes: names, or plane, width and height";
        var reader = new Utf8JsonReader(json);
        var planes = new List<ShownPlane>();
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new FormatException(IsList);
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                planes.Add(reader.TokenType == JsonTokenType.String
                    ? Whole(JsonSerializer.Deserialize(ref reader, BodyJson.Default.PlaneName))
                    : JsonSerializer.Deserialize(ref reader, BodyJson.Default.ShownPlane) ?? throw new FormatException(IsList));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException(IsList, e);
        }

        bool isOnceEach = planes.DistinctBy(plane => plane.Plane).Count() == planes.Count;
        return isOnceEach && planes.TrueForAll(plane => plane is { Width: > 0, Height: > 0 })
            ? planes
            : throw new FormatException("\"show\" has each plane once, at 1x1 or larger");
    }

    private static ShownPlane Whole(PlaneName plane) => new(plane, int.MaxValue, int.MaxValue);
}

/// <summary>The planes that a page can ask for, in the order in which they travel.</summary>
internal enum PlaneName
{
    /// <summary>Vertical edges.</summary>
    Vertical,

    /// <summary>Horizontal edges.</summary>
    Horizontal,

    /// <summary>The camera's image.</summary>
    Camera,

    /// <summary>Vertical edges with their sign where they have it, beside those without it.</summary>
    SignedVertical,

    /// <summary>Horizontal edges with their sign where they have it, beside those without it.</summary>
    SignedHorizontal,
}

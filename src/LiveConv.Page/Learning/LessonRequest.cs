using System.Text.Json;

namespace LiveConv.Page;

/// <summary>Which kernel to learn.</summary>
/// <param name="Map">0 vertical edges, 1 horizontal edges.</param>
/// <param name="Width">Columns of the kernel to find, 1 to 7.</param>
/// <param name="Height">Rows of the kernel to find, 1 to 7.</param>
internal sealed record LessonRequest(int Map, int Width, int Height)
{
    /// <summary>The largest side of the kernel to find.</summary>
    public const int MaxSide = 7;

    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The request; null to stop learning.</returns>
    /// <exception cref="FormatException">It is no such request.</exception>
    public static LessonRequest? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            LessonRequest? request = JsonSerializer.Deserialize(json, BodyJson.Default.LessonRequest);
            return request is null or { Map: 0 or 1, Width: >= 1 and <= MaxSide, Height: >= 1 and <= MaxSide }
                ? request
                : throw new FormatException($"\"learn\" has map 0 or 1, and width and height 1 to {MaxSide}");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"learn\" has map, width and height", e);
        }
    }
}

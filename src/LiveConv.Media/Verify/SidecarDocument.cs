using System.Text.Json;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What a check needs of the <c>.json</c> beside a recording.</summary>
/// <param name="Width">Width of the pictures.</param>
/// <param name="Height">Height of the pictures.</param>
/// <param name="Frames">The time of each frame from the first on.</param>
/// <param name="LostByCause">Frames that are missing, by cause.</param>
/// <param name="Complete">Whether the recording ended as it should.</param>
/// <param name="EndedBy">Why it ended early; null when not known.</param>
internal sealed record SidecarDocument(
    int Width, int Height, TimeSpan[] Frames, IReadOnlyDictionary<string, long> LostByCause, bool Complete, string? EndedBy)
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The <c>.json</c>.</param>
    /// <param name="recording">The recording that it belongs to.</param>
    /// <exception cref="LiveConvException">It cannot be read.</exception>
    public static SidecarDocument Read(string path, string recording)
    {
        InputFile.Check(recording);
        if (!File.Exists(path))
        {
            throw new LiveConvException($"{path} does not exist: without it there is nothing to check {recording} against");
        }

        try
        {
            using FileStream file = InputFile.Open(path);
            using JsonDocument json = JsonDocument.Parse(file);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new LiveConvException($"{path} is damaged: {e.Message}", e);
        }
    }

    private static SidecarDocument Read(JsonElement root)
    {
        var lost = new Dictionary<string, long>();
        foreach (JsonElement drop in root.GetProperty("drops").EnumerateArray())
        {
            string cause = drop.GetProperty("cause").GetString() ?? "unknown";
            lost[cause] = lost.GetValueOrDefault(cause) + drop.GetProperty("frames").GetInt64();
        }

        return new SidecarDocument(
            root.GetProperty("width").GetInt32(),
            root.GetProperty("height").GetInt32(),
            [.. root.GetProperty("frames").EnumerateArray().Select(at => TimeSpan.FromMilliseconds(at.GetDouble()))],
            lost,
            root.GetProperty("complete").GetBoolean(),
            root.GetProperty("endedBy").GetString());
    }
}

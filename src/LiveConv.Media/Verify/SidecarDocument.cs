using System.Text.Json;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>What a check needs of the <c>.json</c> beside a recording.</summary>
/// <param name="Width">Width of the images.</param>
/// <param name="Height">Height of the images.</param>
/// <param name="Frames">The time of each frame from the first on.</param>
/// <param name="IsConstantRate">Whether gaps were filled to keep a constant rate.</param>
/// <param name="Drops">Frames that are missing.</param>
/// <param name="Complete">Whether the recording ended as it should.</param>
/// <param name="EndedBy">Why it ended early; null when not known.</param>
/// <param name="HasAssumedTimes">True if the source had no times, so that the recording's follow from a rate.</param>
internal sealed record SidecarDocument(
    int Width, int Height, TimeSpan[] Frames, bool IsConstantRate, IReadOnlyList<NotedDrop> Drops, bool Complete, string? EndedBy,
    bool HasAssumedTimes)
{
    /// <summary>The largest file that is read: hundreds of hours.</summary>
    public const int MaxBytes = 1 << 28;

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
            byte[] text = [.. TextEncoding.WithoutMark(PlainFile.ReadAll(path, MaxBytes))];
            if (TextEncoding.FaultOf(text) is { } fault)
            {
                throw new PresetException(path, fault.Line, null, fault.Reason);
            }

            using JsonDocument json = JsonDocument.Parse(text);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
        or OverflowException or ArgumentException)
        {
            throw new LiveConvException($"{path} is damaged: {e.Message}", e);
        }
        catch (PlainFileException e)
        {
            throw new LiveConvException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static SidecarDocument Read(JsonElement root) => new(
        root.GetProperty("width").GetInt32(),
        root.GetProperty("height").GetInt32(),
        [.. root.GetProperty("frames").EnumerateArray().Select(Milliseconds)],
        root.GetProperty("constantRate").ValueKind != JsonValueKind.Null,
        [.. root.GetProperty("drops").EnumerateArray().Select(ReadDrop)],
        root.GetProperty("complete").GetBoolean(),
        root.GetProperty("endedBy").GetString(),
        root.TryGetProperty("source", out JsonElement source) && source.TryGetProperty("times", out JsonElement times)
            && times.ValueEquals(JsonName.Of(TimesOrigin.Rate)));

    private static NotedDrop ReadDrop(JsonElement drop) => new(
        drop.GetProperty("cause").GetString() ?? "unknown",
        drop.GetProperty("frames").GetInt64(),
        drop.GetProperty("beforeFrame").GetInt64(),
        Milliseconds(drop.GetProperty("at")),
        Milliseconds(drop.GetProperty("until")));

    private static TimeSpan Milliseconds(JsonElement number) => TimeSpan.FromMilliseconds(number.GetDouble());
}

/// <summary>Frames that are noted as missing.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Frames">How many.</param>
/// <param name="BeforeFrame">Before which frame of the recording.</param>
/// <param name="At">When the first of them was taken.</param>
/// <param name="Until">When the last of them was taken.</param>
internal sealed record NotedDrop(string Cause, long Frames, long BeforeFrame, TimeSpan At, TimeSpan Until);

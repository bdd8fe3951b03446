using System.Text.Json;
using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>Reads one preset file, strictly: nothing unknown, nothing twice, nothing that is not finite.</summary>
public static class PresetFile
{
    /// <summary>The most bytes that a file may have.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The borders that a preset can have: those without a value of their own.</summary>
    public static IReadOnlyList<BorderMode> Borders { get; } =
        [.. Enum.GetValues<BorderMode>().Where(border => PresetNames.CanName(border))];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name without <c>.json</c> becomes the preset's <see cref="Preset.Id"/>.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="PresetException">The file cannot be read or is refused; the message names file, line, path and reason.</exception>
    public static Preset Read(string path) => Parse(ReadBytes(path), path);

    /// <summary>Reads a preset from text.</summary>
    /// <param name="json">The content of a file, in UTF-8.</param>
    /// <param name="path">The file that it came from, for the preset's id and the messages.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="PresetException">The text is refused; the message names file, line, path and reason.</exception>
    public static Preset Parse(ReadOnlySpan<byte> json, string path)
    {
        if (Path.GetFileNameWithoutExtension(path).Length == 0)
        {
            throw Refusal(path, null, null, "a preset is called by its file's name without .json, and this file has none");
        }

        json = TextEncoding.WithoutMark(json);
        if (TextEncoding.FaultOf(json) is { } encoding)
        {
            throw Refusal(path, encoding.Line, null, encoding.Reason);
        }

        try
        {
            PresetDocument document = JsonSerializer.Deserialize(json, PresetJsonContext.Default.PresetDocument)
                ?? throw new PresetValidationException("$", "the file is one object in braces");
            return new PresetBuilder(document).Build(Path.GetFileNameWithoutExtension(path));
        }
        catch (PresetValidationException e)
        {
            throw Refusal(path, JsonLocation.LineOf(json, e.Member), e.Member, e.Message);
        }
        catch (JsonException e)
        {
            (long line, string member, string reason) =
                JsonReason.Explain(e, json, PresetJsonContext.Default.PresetDocument);
            throw Refusal(path, line, member, reason);
        }
    }

    /// <summary>Reads the bytes of a file, which may be written or replaced at this moment.</summary>
    internal static byte[] ReadBytes(string path)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
            byte[] content = new byte[MaxBytes + 1];
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length == 0 ? throw Refusal(path, null, null, "the file is empty")
                : length <= MaxBytes ? content[..length]
                : throw Refusal(path, null, null, $"the file is larger than {MaxBytes / 1024} KiB");
        }
        catch (PlainFileException e)
        {
            throw Refusal(path, null, null, "it " + e.Reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refusal(path, null, null, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message);
        }
    }

    private static PresetException Refusal(string path, long? line, string? member, string reason) => new(path, line, member, reason);
}

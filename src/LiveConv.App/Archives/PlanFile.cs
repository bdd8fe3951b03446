using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>A unit of a plan, with what names its files.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Id">Eight digits of the hash of its line: another plan's units have other names.</param>
internal sealed record PlannedUnit(PlanUnit Unit, string Id);

/// <summary>A plan: JSON lines, one for each unit, each complete in itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Units">The units in order; those of one video stand together.</param>
internal sealed record PlanFile(string Path, IReadOnlyList<PlannedUnit> Units)
{
    private const int MaxBytes = 1 << 30;

    // As it is read, and written without escapes that JSON does not need.
    private static readonly JsonTypeInfo<PlanUnit> Line = (JsonTypeInfo<PlanUnit>)new JsonSerializerOptions(PlanJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = PlanJson.Default,
    }.GetTypeInfo(typeof(PlanUnit));

    /// <summary>The folder of the units.</summary>
    public string Folder => Path + ".units";

    /// <summary>The units of each video.</summary>
    public IEnumerable<IReadOnlyList<PlannedUnit>> Videos =>
        Units.GroupBy(one => one.Unit.Output.Name).Select(video => (IReadOnlyList<PlannedUnit>)[.. video]);

    /// <summary>Writes a plan.</summary>
    /// <param name="path">The file; written as a whole.</param>
    /// <param name="replaces">Whether it may take the place of an older one.</param>
    /// <param name="units">Its units.</param>
    /// <exception cref="LiveConvException">It cannot be written.</exception>
    public static void Write(string path, bool replaces, IEnumerable<PlanUnit> units)
    {
        string text = string.Concat(units.Select(unit => JsonSerializer.Serialize(unit, Line) + "\n"));
        string made = $"{path}.partial-{Guid.NewGuid():N}";
        try
        {
            using (FileStream file = PlainFile.Create(made))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(made, path, replaces);
        }
        catch (IOException e) when (!replaces && File.Exists(path))
        {
            File.Delete(made);
            throw new LiveConvException($"{path} was made by another run meanwhile: choose another name, or --overwrite", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LiveConvException">It cannot be read, or is no plan; the message names the line and the reason.</exception>
    public static PlanFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = Encoding.UTF8.GetString(PlainFile.ReadAll(path, MaxBytes)).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{path} cannot be read: {e.Message}", e);
        }

        PlannedUnit[] units = [.. lines.SkipLast(1).Select((line, i) => Parse(path, line, i))];
        int expected = units.Length == 0 ? 1 : units[0].Unit.Units;
        return lines[^1].Length == 0 && units.Length == expected
            ? new PlanFile(path, units)
            : throw new LiveConvException($"{path} is no complete plan: it has {units.Length} whole lines of {expected}; make it anew");
    }

    private static PlannedUnit Parse(string path, string line, int index)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{path}, line {index + 1}");
        try
        {
            CheckVersion(line, place);
            PlanUnit unit = JsonSerializer.Deserialize(line, Line) ?? throw new JsonException("null is no unit");
            return FaultOf(unit, index) is not { } fault
                ? new PlannedUnit(unit, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..8])
                : throw new LiveConvException($"{place}: {fault}");
        }
        catch (JsonException e)
        {
            throw new LiveConvException($"{place} is no unit of a plan: {e.Message}", e);
        }
    }

    private static void CheckVersion(string line, string place)
    {
        using var json = JsonDocument.Parse(line);
        bool isPlan = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("plan", out JsonElement version)
            && version.ValueKind == JsonValueKind.Number;
        if (!isPlan)
        {
            throw new LiveConvException($"{place} is no unit of a plan: it has no plan's version");
        }

        if (!json.RootElement.GetProperty("plan").TryGetInt32(out int number) || number != PlanUnit.Version)
        {
            throw new LiveConvException(
                $"{place} has version {json.RootElement.GetProperty("plan")} of the format; this LiveConv reads {PlanUnit.Version}");
        }
    }

    private static string? FaultOf(PlanUnit unit, int index) =>
        unit.Unit != index ? $"this is unit {unit.Unit}, and should be {index}"
        : unit.First < 0 || unit.Last < unit.First || unit.Last >= unit.Video.Frames ? $"frames {unit.First} to {unit.Last} are no part"
        : unit.Entry is { } entry && (entry.Frame < 0 || entry.Frame > unit.First) ? $"frame {entry.Frame} is no place to enter it"
        : System.IO.Path.GetFileName(unit.Output.Name) != unit.Output.Name ? $"{unit.Output.Name} is no name of a file"
        : null;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>How preset files are read and written: strictly, and without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(NameConverter<Operation>), typeof(NameConverter<BorderMode>), typeof(NameConverter<Response>)])]
[JsonSerializable(typeof(PresetDocument))]
internal sealed partial class PresetJson : JsonSerializerContext;

/// <summary>Enumerations stand in files by their names in camel case, never as numbers.</summary>
internal sealed class NameConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

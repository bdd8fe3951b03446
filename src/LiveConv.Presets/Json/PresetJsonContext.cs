using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>How preset files are read and written: strictly, and without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(NameConverter<Operation>),
        typeof(NameConverter<BorderMode>),
        typeof(NameConverter<TimeBorder>),
        typeof(NameConverter<Response>),
        typeof(NameConverter<Merge>),
        typeof(NameConverter<Activation>),
        typeof(NameConverter<PoolingMode>),
        typeof(NameConverter<UpsamplingMode>),
    ])]
[JsonSerializable(typeof(PresetDocument))]
internal sealed partial class PresetJsonContext : JsonSerializerContext;

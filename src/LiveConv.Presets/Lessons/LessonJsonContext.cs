using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>How files of lessons are read: strictly, and without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(NameConverter<Operation>),
        typeof(NameConverter<BorderMode>),
        typeof(NameConverter<LessonView>),
        typeof(NameConverter<LessonTool>),
        typeof(NameConverter<LessonMeasure>),
        typeof(NameConverter<MicroscopeKind>),
    ])]
[JsonSerializable(typeof(LessonPlan))]
[JsonSerializable(typeof(LessonTexts))]
internal sealed partial class LessonJsonContext : JsonSerializerContext;

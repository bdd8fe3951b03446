using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>How messages to the page become JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(CamelCaseConverter<PageRole>),
        typeof(CamelCaseConverter<PresetGroup>),
        typeof(CamelCaseConverter<Operation>),
        typeof(CamelCaseConverter<Response>),
        typeof(CamelCaseConverter<BorderMode>),
        typeof(CamelCaseConverter<KernelDialect>),
        typeof(CamelCaseConverter<StageOperation>),
        typeof(CamelCaseConverter<MicroscopeKind>),
        typeof(CamelCaseConverter<LessonView>),
        typeof(CamelCaseConverter<LessonTool>),
        typeof(CamelCaseConverter<LessonSecret>),
        typeof(CamelCaseConverter<PredictionRefusal>),
        typeof(CamelCaseConverter<MicroscopeRefusal>),
        typeof(CamelCaseConverter<PageTheme>),
    ])]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(StatsMessage))]
[JsonSerializable(typeof(NoticeMessage))]
[JsonSerializable(typeof(EditedMessage))]
[JsonSerializable(typeof(PresetFileMessage))]
[JsonSerializable(typeof(KernelTextMessage))]
[JsonSerializable(typeof(KernelCopyMessage))]
[JsonSerializable(typeof(ExplainedMessage))]
[JsonSerializable(typeof(HeldMessage))]
[JsonSerializable(typeof(LayersMessage))]
[JsonSerializable(typeof(NetworkMessage))]
[JsonSerializable(typeof(LessonMessage))]
[JsonSerializable(typeof(MicroscopeMessage))]
[JsonSerializable(typeof(LessonsMessage))]
[JsonSerializable(typeof(PredictedMessage))]
[JsonSerializable(typeof(CameraMessage))]
[JsonSerializable(typeof(ShareMessage))]
[JsonSerializable(typeof(ThumbnailMessage))]
[JsonSerializable(typeof(SeenMessage))]
[JsonSerializable(typeof(PlaceMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;

/// <summary>How the bodies of the page's messages are read: strictly, and without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(CamelCaseConverter<Operation>),
        typeof(CamelCaseConverter<Response>),
        typeof(CamelCaseConverter<BorderMode>),
        typeof(CamelCaseConverter<KernelDialect>),
        typeof(CamelCaseConverter<PlaneName>),
        typeof(CamelCaseConverter<MicroscopeKind>),
        typeof(CamelCaseConverter<PageTheme>),
    ])]
[JsonSerializable(typeof(ShownPlane))]
[JsonSerializable(typeof(KernelTextRequest))]
[JsonSerializable(typeof(KernelCopyRequest))]
[JsonSerializable(typeof(PixelQuestion))]
[JsonSerializable(typeof(LayersRequest))]
[JsonSerializable(typeof(NetworkRequest))]
[JsonSerializable(typeof(LessonRequest))]
[JsonSerializable(typeof(MicroscopeRequest))]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(CameraOffer))]
[JsonSerializable(typeof(StageView))]
[JsonSerializable(typeof(PlaceQuestion))]
internal sealed partial class BodyJson : JsonSerializerContext;

/// <summary>Writes and reads an enum as its name in camel case.</summary>
internal sealed class CamelCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

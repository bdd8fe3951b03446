using System.Runtime.CompilerServices;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page.Tests;

/// <summary>The text messages of the protocol, as the C# code has them.</summary>
internal static class Protocol
{
    /// <summary>The records of the messages to the page, by the message's type.</summary>
    public static IReadOnlyDictionary<string, Type> ToPage { get; } = typeof(OutboundMessage).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(OutboundMessage)))
        .OrderBy(type => type.MetadataToken)
        .ToDictionary(type => ((OutboundMessage)RuntimeHelpers.GetUninitializedObject(type)).Type);

    /// <summary>What the bodies of the page's messages are, in TypeScript's words.</summary>
    public static IReadOnlyDictionary<InboundKind, string> Bodies { get; } = new Dictionary<InboundKind, string>
    {
        [InboundKind.Drawn] = "number",
        [InboundKind.Late] = "number",
        [InboundKind.Key] = "string",
        [InboundKind.Preset] = "string",
        [InboundKind.Show] = $"({nameof(PlaneName)} | {nameof(ShownPlane)})[]",
        [InboundKind.Edit] = "PresetDocument",
        [InboundKind.PresetFile] = "PresetDocument",
        [InboundKind.KernelText] = nameof(KernelTextRequest),
        [InboundKind.KernelCopy] = nameof(KernelCopyRequest),
        [InboundKind.Xray] = nameof(PixelQuestion),
        [InboundKind.Hold] = "boolean | \"stage\"",
        [InboundKind.Layers] = nameof(LayersRequest),
        [InboundKind.Network] = nameof(NetworkRequest),
        [InboundKind.Learn] = $"{nameof(LessonRequest)} | \"stage\" | null",
        [InboundKind.Microscope] = nameof(MicroscopeRequest),
        [InboundKind.Lessons] = "string",
        [InboundKind.Predict] = nameof(Prediction),
        [InboundKind.Thumbnail] = "string",
        [InboundKind.Discard] = "string",
        [InboundKind.Replay] = "true",
        [InboundKind.Seen] = "true",
        [InboundKind.Camera] = $"{nameof(CameraOffer)} | null",
        [InboundKind.Stage] = nameof(StageView),
        [InboundKind.Place] = nameof(PlaceQuestion),
        [InboundKind.Share] = "null",
    };

    /// <summary>The records of those bodies.</summary>
    public static IReadOnlyDictionary<InboundKind, Type> BodyRecords { get; } = new Dictionary<InboundKind, Type>
    {
        [InboundKind.Show] = typeof(ShownPlane),
        [InboundKind.KernelText] = typeof(KernelTextRequest),
        [InboundKind.KernelCopy] = typeof(KernelCopyRequest),
        [InboundKind.Xray] = typeof(PixelQuestion),
        [InboundKind.Layers] = typeof(LayersRequest),
        [InboundKind.Network] = typeof(NetworkRequest),
        [InboundKind.Learn] = typeof(LessonRequest),
        [InboundKind.Microscope] = typeof(MicroscopeRequest),
        [InboundKind.Predict] = typeof(Prediction),
        [InboundKind.Camera] = typeof(CameraOffer),
        [InboundKind.Stage] = typeof(StageView),
        [InboundKind.Place] = typeof(PlaceQuestion),
    };

    /// <summary>Members whose C# type says less than what stands in them.</summary>
    public static IReadOnlyDictionary<(Type Record, string Member), (string Text, Type Names)> NamedMembers { get; } =
        new Dictionary<(Type, string), (string, Type)>
        {
            [(typeof(FrameCounts), nameof(FrameCounts.Dropped))] = ("Partial<Record<DropCause, number>>", typeof(DropCause)),
            [(typeof(StatsMessage), nameof(StatsMessage.Ms))] = ("Partial<Record<Stage, Percentiles>>", typeof(Stage)),
        };
}

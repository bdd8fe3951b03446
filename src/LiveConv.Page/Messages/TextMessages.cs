using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>A text message to the page.</summary>
internal abstract record OutboundMessage
{
    /// <summary>The kind of message.</summary>
    public abstract string Type { get; }
}

/// <summary>The state of the run, sent when a page connects and whenever something changes.</summary>
/// <param name="Role">What the page that gets this message may do.</param>
/// <param name="Preset">The preset in use.</param>
/// <param name="Kernels">Its kernels, to edit; null when it is more than one layer or no pair.</param>
/// <param name="EditedHere">The preset in use is what this very page edited last.</param>
/// <param name="Presets">Those that can be chosen, in the order of their keys.</param>
/// <param name="Edits">What was edited on pages and not thrown away, oldest first; can be chosen too.</param>
/// <param name="Paused">The image is held.</param>
/// <param name="Recording">A recording runs.</param>
/// <param name="TakesCameras">This page may send its camera's images.</param>
/// <param name="Recordings">The recordings of this run, later those that are new or changed; none for guests.</param>
/// <param name="Source">Describes the source.</param>
/// <param name="Limits">What the editor may choose and send.</param>
/// <param name="Stage">What the presenter's page shows; null until one has said so.</param>
/// <param name="Network">The name of the network that can be looked into, or null.</param>
internal sealed record StateMessage(
    PageRole Role,
    PresetLine Preset,
    KernelPair? Kernels,
    bool EditedHere,
    IReadOnlyList<PresetLine> Presets,
    IReadOnlyList<PresetLine> Edits,
    bool Paused,
    bool Recording,
    bool TakesCameras,
    IReadOnlyList<RecordingLine> Recordings,
    SourceLine Source,
    EditorLimits Limits,
    PresenterView? Stage,
    string? Network) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "state";
}

/// <summary>A preset as the page lists it.</summary>
/// <param name="Id">What the page chooses it by.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">What it does, or empty.</param>
/// <param name="Group">Where it stands on the shelf.</param>
/// <param name="Captions">What its left and its right map show.</param>
/// <param name="Signed">Whether its left and its right map can be shown with their sign.</param>
internal sealed record PresetLine(
    string Id, string Name, string Description, PresetGroup Group, IReadOnlyList<CaptionLine> Captions, IReadOnlyList<bool> Signed);

/// <summary>What the page says about a map.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Text">What is bright in it, or empty.</param>
internal sealed record CaptionLine(string Title, string Text);

/// <summary>A recorded file as the page lists it.</summary>
/// <param name="Number">Its number in the address to download it from.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Seconds">How long it is, or how long it has been going on.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Done">It is finished and can be downloaded.</param>
internal sealed record RecordingLine(int Number, string Name, string Folder, double Seconds, long Bytes, bool Done);

/// <summary>What became of an edit.</summary>
/// <param name="Refused">Why it was refused and the kernels are as they were; null when it is live.</param>
/// <param name="Member">What is wrong with it, as a path into the preset: <c>$.vertical[0][2]</c>; null when it is live.</param>
internal sealed record EditedMessage(string? Refused, string? Member) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "edited";
}

/// <summary>A preset as a file.</summary>
/// <param name="Text">The text of the file; null when it is refused.</param>
/// <param name="Refused">Why there is no file, or null.</param>
/// <param name="Member">What is wrong with the preset, as a path into it: <c>$.vertical[0][2]</c>; null when there is a file.</param>
internal sealed record PresetFileMessage(string? Text, string? Refused, string? Member) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "presetFile";
}

/// <summary>What a pasted kernel text means.</summary>
/// <param name="Map">For which map it was pasted.</param>
/// <param name="Dialect">Whose way of writing it is; null when it is refused.</param>
/// <param name="Kernels">
/// The kernels as the page's grid takes them: with the gain in their weights, and turned by 180 degrees where the text's operation is
/// not the page's.
/// </param>
/// <param name="Operation">The operation that the text states, or null.</param>
/// <param name="Gain">What the text multiplies the sums by; it is in the weights already.</param>
/// <param name="Bias">What the text adds to the pixels.</param>
/// <param name="Response">How the text makes pixels of sums, or null when it does not say.</param>
/// <param name="Border">How the text treats pixels outside the image, or null when it does not say.</param>
/// <param name="Notices">What the user should know about this reading of the text, one line each.</param>
/// <param name="Refused">Why the text is no kernel, in one line; null when it is one.</param>
internal sealed record KernelTextMessage(
    int Map,
    KernelDialect? Dialect,
    IReadOnlyList<WrittenKernel> Kernels,
    Operation? Operation,
    float Gain,
    float Bias,
    Response? Response,
    BorderMode? Border,
    IReadOnlyList<string> Notices,
    string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "kernelText";
}

/// <summary>A copied kernel.</summary>
/// <param name="Map">Which map's it is.</param>
/// <param name="Text">The text for the other program; null when it is refused.</param>
/// <param name="Refused">Why the program has no text for this kernel, or null.</param>
internal sealed record KernelCopyMessage(int Map, string? Text, string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "kernelCopy";
}

/// <summary>Whether the page may send its camera's images.</summary>
/// <param name="Refused">Why not; null when it may.</param>
internal sealed record CameraMessage(string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "camera";
}

/// <summary>How guests come in.</summary>
/// <param name="Guests">Their address, or null when it is refused.</param>
/// <param name="Refused">Why there is none, or null.</param>
internal sealed record ShareMessage(GuestLink? Guests, string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "share";
}

/// <summary>How a pixel came about.</summary>
/// <param name="Answer">The numbers, or null when it is refused.</param>
/// <param name="Refused">Why there is no answer, or null.</param>
internal sealed record ExplainedMessage(PixelAnswer? Answer, string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "xray";
}

/// <summary>Whether a pixel is there.</summary>
/// <param name="Refused">Why there is no such pixel; null when there is, or when no image has come that could say so.</param>
internal sealed record PlaceMessage(string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "place";
}

/// <summary>Which image is held for the page.</summary>
/// <param name="Image">Its number; null when none is held.</param>
/// <param name="Refused">Why none is held that was to be, or null.</param>
internal sealed record HeldMessage(uint? Image, string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "held";
}

/// <summary>The maps of all layers, first to last, as small images.</summary>
/// <param name="Image">The number of the image that they are of; 0 for none.</param>
/// <param name="Layers">The layers; the first one is the image itself.</param>
/// <param name="Shown">Those of the maps that are shown large beside the wall, the left one first.</param>
/// <param name="Enlarged">The map that was requested larger, or null.</param>
/// <param name="Refused">Why there are no layers, or null.</param>
/// <param name="Preset">The id of the preset that was asked for; null for the image's own.</param>
internal sealed record LayersMessage(
    uint Image,
    IReadOnlyList<LayerLine> Layers,
    IReadOnlyList<LayerMap> Shown,
    SmallMap? Enlarged,
    string? Refused,
    string? Preset = null) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "layers";

    /// <summary>There are none.</summary>
    public static LayersMessage Refuse(string why) => new(0, [], [], null, why);
}

/// <summary>How far a kernel is learned, or why it cannot be.</summary>
/// <param name="Map">0 vertical edges, 1 horizontal edges.</param>
/// <param name="Losses">The mean squared error before the first step and after each.</param>
/// <param name="Kernel">The kernel so far.</param>
/// <param name="Wanted">The preset's kernel.</param>
/// <param name="Unexplained">
/// How far the map of the kernel so far is from the preset's: the root of the mean squared error, as a part of that of no kernel at all.
/// </param>
/// <param name="Right">The kernel makes the map to three digits.</param>
/// <param name="Needs">The smallest size of a kernel that can make this map.</param>
/// <param name="MaxSide">The largest side of a kernel that is learned here.</param>
/// <param name="Predicted">The map that the kernel so far makes of a small image.</param>
/// <param name="True">The map that the preset makes of it.</param>
/// <param name="Done">There is nothing left to learn.</param>
/// <param name="Refused">Why nothing is learned; null when it is.</param>
internal sealed record LessonMessage(
    int Map,
    double[] Losses,
    float[][] Kernel,
    float[][] Wanted,
    double Unexplained,
    bool Right,
    KernelSize? Needs,
    int MaxSide,
    SmallMap? Predicted,
    SmallMap? True,
    bool Done,
    string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "learn";

    /// <summary>Nothing is learned.</summary>
    public static LessonMessage Refuse(LessonRequest request, string why) =>
        new(request.Map, [], [], [], 1, Right: false, null, LessonRequest.MaxSide, null, null, Done: true, why);
}

/// <summary>The source as the page shows it.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Requested">The format that was requested.</param>
/// <param name="Granted">The format that is delivered.</param>
/// <param name="PixelAspect">The shape of a pixel as it is to be shown: width by height.</param>
/// <param name="Note">A remark about the format, or null.</param>
/// <param name="Waiting">What it is waiting for, or null.</param>
/// <param name="Held">It has ended, and its last image stays.</param>
/// <param name="Replayable">This page may play it again.</param>
/// <param name="Reconnects">How often it was lost and found again.</param>
internal sealed record SourceLine(
    string Name,
    string Requested,
    string Granted,
    double PixelAspect,
    string? Note,
    string? Waiting,
    bool Held,
    bool Replayable,
    int Reconnects);

/// <summary>The figures of the last seconds, four times a second. Times are milliseconds.</summary>
/// <param name="Frames">Frames since the start.</param>
/// <param name="Fps">Frames per second; those shown are those that this page drew.</param>
/// <param name="Ms">The work on a frame, by stage.</param>
/// <param name="Age">The age of frames when this page drew them.</param>
/// <param name="AgeNow">
/// The age of the frame that this page drew last: when it drew it, and while the source is waited for, now. Null when it has none.
/// </param>
/// <param name="Recording">The recording that is being written; null when there is none, and for guests.</param>
/// <param name="Gc">Garbage collections.</param>
/// <param name="Clients">Pages that are open.</param>
/// <param name="Source">The source's format: requested, granted and measured.</param>
internal sealed record StatsMessage(
    FrameCounts Frames,
    FrameRates Fps,
    IReadOnlyDictionary<string, Percentiles> Ms,
    Percentiles Age,
    double? AgeNow,
    RecordingLine? Recording,
    GcFigures Gc,
    int Clients,
    string Source) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "stats";
}

/// <summary>One line for the user.</summary>
/// <param name="Text">The line.</param>
/// <param name="Problem">Something went wrong.</param>
internal sealed record NoticeMessage(string Text, bool Problem) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "notice";
}


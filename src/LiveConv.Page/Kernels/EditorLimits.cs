using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What the page's editor may choose and send.</summary>
/// <param name="Operations">The operations.</param>
/// <param name="Borders">The borders that a preset can have.</param>
/// <param name="Responses">The responses.</param>
/// <param name="MaxSide">The largest number of rows and of columns of a kernel.</param>
/// <param name="MaxTextBytes">The largest kernel text, in bytes of its JSON string.</param>
internal sealed record EditorLimits(
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<BorderMode> Borders,
    IReadOnlyList<Response> Responses,
    int MaxSide,
    int MaxTextBytes)
{
    // What stands round the text in its message.
    private const int EnvelopeBytes = 1024;

    /// <summary>The limits.</summary>
    public static EditorLimits All { get; } = new(
        Enum.GetValues<Operation>(), PresetFile.Borders, Enum.GetValues<Response>(), FilterBank.MaxKernelSize,
        Inbound.MaxKernelBytes - EnvelopeBytes);
}

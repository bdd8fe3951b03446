using LiveConv.Networks;

namespace LiveConv.Page;

/// <summary>What the network makes of an image.</summary>
/// <param name="Image">The image's number.</param>
/// <param name="Layers">All layers, when they were requested; else null.</param>
/// <param name="Part">The part of the image that it sees.</param>
/// <param name="Input">That part, small; null when it is refused.</param>
/// <param name="Layer">Which layer the maps are of.</param>
/// <param name="Maps">Its maps; null when it is refused.</param>
/// <param name="Scores">The best classes; none when the network has no labels.</param>
/// <param name="Unit">The unit that was asked about, or null.</param>
/// <param name="Refused">Why there is nothing, or null.</param>
internal sealed record NetworkMessage(
    uint Image,
    IReadOnlyList<NetworkLayerLine>? Layers,
    PartLine? Part,
    SmallMap? Input,
    int Layer,
    SheetLine? Maps,
    IReadOnlyList<ScoreLine> Scores,
    UnitLine? Unit,
    string? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "network";

    /// <summary>There is nothing.</summary>
    public static NetworkMessage Refuse(string why) => new(0, null, null, null, 0, null, [], null, why);
}

/// <summary>A rectangle, in pixels.</summary>
/// <param name="X">Its first column.</param>
/// <param name="Y">Its first row.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
internal sealed record PartLine(int X, int Y, int Width, int Height);

/// <summary>A layer, without its maps.</summary>
/// <param name="Name">The file's name for it.</param>
/// <param name="Operators">What it computes, in ONNX's names.</param>
/// <param name="Channels">Its maps.</param>
/// <param name="Height">Rows of a map.</param>
/// <param name="Width">Columns of a map.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="MultiplyAdds">Products that it adds.</param>
/// <param name="Inputs">The layers that it reads.</param>
internal sealed record NetworkLayerLine(
    string Name, IReadOnlyList<string> Operators, int Channels, int Height, int Width, long Parameters, long MultiplyAdds,
    IReadOnlyList<int> Inputs)
{
    /// <summary>A layer's line.</summary>
    public static NetworkLayerLine Of(NetworkLayer layer) => new(
        layer.Name, layer.Operators, layer.Channels, layer.Height, layer.Width, layer.Parameters, layer.MultiplyAdds, layer.Inputs);
}

/// <summary>Small images side by side, row by row, in one image.</summary>
/// <param name="Count">How many maps there are in all.</param>
/// <param name="Shown">How many of them are here.</param>
/// <param name="Columns">How many stand beside each other.</param>
/// <param name="Width">Columns of a small image.</param>
/// <param name="Height">Rows of a small image.</param>
/// <param name="Scale">The value that is brightest.</param>
/// <param name="IsSigned">128 is zero, 255 the scale, 1 its negative. Else 0 is zero and 255 the scale.</param>
/// <param name="Pixels">One byte a pixel, row by row of the whole sheet, in base64.</param>
internal sealed record SheetLine(
    int Count, int Shown, int Columns, int Width, int Height, float Scale, bool IsSigned, string Pixels);

/// <summary>A class.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Score">From 0 to 1.</param>
internal sealed record ScoreLine(string Label, double Score);

/// <summary>How a unit came about.</summary>
/// <param name="Map">Its map.</param>
/// <param name="X">Its column.</param>
/// <param name="Y">Its row.</param>
/// <param name="Value">Its value.</param>
/// <param name="Field">The part of the network's input that it depends on.</param>
/// <param name="From">The layers that it reads.</param>
/// <param name="Sum">The sum of a convolution; null for other operators.</param>
internal sealed record UnitLine(int Map, int X, int Y, float Value, PartLine Field, IReadOnlyList<int> From, UnitSum? Sum)
{
    /// <summary>Whether a message can hold it: JSON has no other numbers.</summary>
    public bool IsFinite() => float.IsFinite(Value) && (Sum?.IsFinite() ?? true);
}

/// <summary>The products that make a unit.</summary>
/// <param name="X">Column of the window's first element in the input's maps; may be outside.</param>
/// <param name="Y">Row of it.</param>
/// <param name="StepX">Columns from one element of the window to the next.</param>
/// <param name="StepY">Rows.</param>
/// <param name="First">The first input map that the unit reads.</param>
/// <param name="Parts">What each input map adds.</param>
/// <param name="Kernels">The kernel, a map for each input map.</param>
/// <param name="Input">The input map whose elements and weights follow.</param>
/// <param name="Elements">Its elements under the window, row by row; null outside.</param>
/// <param name="Weights">The weights on them.</param>
/// <param name="Bias">What is added to all products.</param>
/// <param name="Added">What comes from another layer, or null.</param>
/// <param name="Total">Products, bias and what was added, before the operators after them.</param>
/// <param name="After">Those operators.</param>
internal sealed record UnitSum(
    int X,
    int Y,
    int StepX,
    int StepY,
    int First,
    IReadOnlyList<float> Parts,
    SheetLine Kernels,
    int Input,
    IReadOnlyList<IReadOnlyList<float?>> Elements,
    IReadOnlyList<IReadOnlyList<float>> Weights,
    float Bias,
    float? Added,
    float Total,
    IReadOnlyList<string> After)
{
    /// <summary>Whether all of its numbers are finite.</summary>
    public bool IsFinite() => float.IsFinite(Total) && float.IsFinite(Bias) && float.IsFinite(Added ?? 0) && Parts.All(float.IsFinite)
        && Weights.All(row => row.All(float.IsFinite)) && Elements.All(row => row.All(element => float.IsFinite(element ?? 0)));
}

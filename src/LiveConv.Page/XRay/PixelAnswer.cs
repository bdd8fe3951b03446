using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>How one value of a map came about. Rows and columns are lists of lists, top row first.</summary>
/// <param name="Image">The number of the image that was looked at.</param>
/// <param name="Stage">The stage whose map it is of, from 0.</param>
/// <param name="Channel">Which of the stage's maps, from 0.</param>
/// <param name="X">Column of the map.</param>
/// <param name="Y">Row of the map.</param>
/// <param name="Stages">All stages of the preset.</param>
/// <param name="ImageWidth">Columns of the image.</param>
/// <param name="ImageHeight">Rows of the image.</param>
/// <param name="InputWidth">Columns of the stage's input maps.</param>
/// <param name="InputHeight">Rows of the stage's input maps.</param>
/// <param name="Terms">What the value is made of, one for each input map.</param>
/// <param name="Bias">Added to the sum.</param>
/// <param name="Threshold">The least value that passes, of a threshold.</param>
/// <param name="Result">The engine's value.</param>
/// <param name="Shown">The pixel that it becomes in a map that is shown, or null.</param>
/// <param name="Operation">correlation or convolution.</param>
/// <param name="Border">How values outside of the input maps are treated.</param>
/// <param name="Horizontally">The output equation along a row; null where no window slides.</param>
/// <param name="Vertically">The output equation along a column, or null.</param>
/// <param name="Field">What the value depends on, from the value itself back to the image.</param>
internal sealed record PixelAnswer(
    uint Image,
    int Stage,
    int Channel,
    int X,
    int Y,
    IReadOnlyList<StageLine> Stages,
    int ImageWidth,
    int ImageHeight,
    int InputWidth,
    int InputHeight,
    IReadOnlyList<PixelTerm> Terms,
    float Bias,
    float Threshold,
    float Result,
    ShownPixel? Shown,
    Operation Operation,
    BorderMode Border,
    OutputEquation? Horizontally,
    OutputEquation? Vertically,
    IReadOnlyList<FieldPart> Field);

/// <summary>A stage as the page shows it: one operation of a layer.</summary>
/// <param name="Layer">Index of the layer that it belongs to.</param>
/// <param name="Name">The layer's name; may be empty.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Maps">Number of its maps.</param>
/// <param name="Width">Columns of a map.</param>
/// <param name="Height">Rows of a map.</param>
internal sealed record StageLine(int Layer, string Name, StageOperation Operation, int Maps, int Width, int Height)
{
    /// <summary>Describes a stage.</summary>
    public static StageLine Of(PresetStage stage) => new(
        stage.Layer, TextLine.Of(stage.Name), stage.Operation, stage.Maps, stage.Size.Width, stage.Size.Height);
}

/// <summary>What one input map contributes to a value.</summary>
/// <param name="From">Which map of the stage before; of the first stage, the frame, counted back in time from 0.</param>
/// <param name="Rows">The row of the input map that each row of the window lies on; outside of the map for what the border adds.</param>
/// <param name="Columns">The same for the columns.</param>
/// <param name="PatchTop">The row that the patch's first row lies on.</param>
/// <param name="PatchLeft">The column that the patch's first column lies on.</param>
/// <param name="Patch">The input map around the window, border included.</param>
/// <param name="Window">The values under the kernel, border included.</param>
/// <param name="Weights">The weights as they are applied to the window; null where values are not weighted.</param>
/// <param name="Products">Window times weights, element by element, or the squares that are added; null where there are none.</param>
internal sealed record PixelTerm(
    int From,
    int[] Rows,
    int[] Columns,
    int PatchTop,
    int PatchLeft,
    float[][] Patch,
    float[][] Window,
    float[][]? Weights,
    float[][]? Products);

/// <summary>How a value becomes a pixel of a map that is shown.</summary>
/// <param name="Map">0 the left map, 1 the right one.</param>
/// <param name="Gain">Factor on the value.</param>
/// <param name="Response">How the product becomes a pixel: abs, offset128, positive or negative.</param>
/// <param name="Value">The pixel, 0 to 255.</param>
internal sealed record ShownPixel(int Map, float Gain, Response Response, int Value);

/// <summary><c>floor((In + Before + After - Dilation*(Kernel - 1) - 1) / Stride) + 1 = Out</c>, with the numbers of one axis.</summary>
/// <param name="In">Rows or columns of the input.</param>
/// <param name="Before">Padding before the first.</param>
/// <param name="After">Padding after the last.</param>
/// <param name="Dilation">Distance between neighbouring weights.</param>
/// <param name="Kernel">Rows or columns of the kernel.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Out">Rows or columns of the map.</param>
internal sealed record OutputEquation(int In, int Before, int After, int Dilation, int Kernel, int Stride, int Out)
{
    /// <summary>Rows or columns of a window.</summary>
    public int Window => OutputSize.Window(Kernel, Dilation);

    /// <summary>Rows or columns at the end that no window reaches.</summary>
    public int Unused => OutputSize.Unused(In, Kernel, Stride, Before, After, Dilation);
}

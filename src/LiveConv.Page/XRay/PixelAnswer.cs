using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>How one pixel of a map came about. Rows and columns are lists of lists, top row first.</summary>
/// <param name="Image">The number of the image that was looked at.</param>
/// <param name="Map">0 vertical edges, 1 horizontal edges.</param>
/// <param name="X">Column of the map.</param>
/// <param name="Y">Row of the map.</param>
/// <param name="Rows">The input row that each row of the window was taken from; -1 where the border's constant stands.</param>
/// <param name="Columns">The same for the columns.</param>
/// <param name="Top">The row that the window's first row lies on; negative above the image.</param>
/// <param name="Left">The column that the window's first column lies on; negative left of the image.</param>
/// <param name="Window">The input under the kernel, 0 to 255, border included.</param>
/// <param name="Kernel">The weights as they are applied to the window: turned by 180 degrees for a convolution.</param>
/// <param name="Products">Window times kernel, element by element.</param>
/// <param name="Sum">The engine's sum.</param>
/// <param name="Gain">Factor on the sum.</param>
/// <param name="Response">How the sum becomes a pixel: abs, offset128, positive or negative.</param>
/// <param name="Value">The pixel in the map, 0 to 255.</param>
/// <param name="Operation">correlation or convolution.</param>
/// <param name="Border">How pixels outside the image are treated.</param>
/// <param name="Horizontally">The output equation along a row.</param>
/// <param name="Vertically">The output equation along a column.</param>
internal sealed record PixelAnswer(
    uint Image,
    int Map,
    int X,
    int Y,
    int[] Rows,
    int[] Columns,
    int Top,
    int Left,
    int[][] Window,
    float[][] Kernel,
    float[][] Products,
    float Sum,
    float Gain,
    Response Response,
    int Value,
    Operation Operation,
    BorderMode Border,
    OutputEquation Horizontally,
    OutputEquation Vertically);

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

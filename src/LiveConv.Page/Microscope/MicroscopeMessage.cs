namespace LiveConv.Page;

/// <summary>A small image, what became of it, and one step of the way. Rows and columns are lists of lists, top row first.</summary>
/// <param name="Image">The image that was looked at.</param>
/// <param name="Padded">The image with its padding around it.</param>
/// <param name="Kernel">The weights as they lie on the window: turned by 180 degrees for a convolution. Empty for a pooling.</param>
/// <param name="Output">The output; of a transposed convolution what the values up to this step have placed.</param>
/// <param name="X">Column of the cell of this step, in the output; for a transposed convolution in the image.</param>
/// <param name="Y">Its row.</param>
/// <param name="Top">The row of the image that the window's first row lies on; for a transposed convolution, of the output.</param>
/// <param name="Left">The same for the columns.</param>
/// <param name="Window">The values under the window; for a transposed convolution the one value.</param>
/// <param name="Products">Window times kernel, element by element. Empty for a pooling.</param>
/// <param name="Value">The engine's value of this cell; for a transposed convolution the value that places the kernel.</param>
/// <param name="Horizontally">The output equation along a row.</param>
/// <param name="Vertically">The output equation along a column.</param>
/// <param name="Refused">Why there is nothing to see, for the page to word in the lesson's language; null when there is.</param>
internal sealed record MicroscopeMessage(
    int[][] Image,
    double[][] Padded,
    double[][] Kernel,
    double[][] Output,
    int X,
    int Y,
    int Top,
    int Left,
    double[][] Window,
    double[][] Products,
    double Value,
    OutputEquation? Horizontally,
    OutputEquation? Vertically,
    MicroscopeRefusal? Refused) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "microscope";

    /// <summary>There is nothing to see.</summary>
    public static MicroscopeMessage Refuse(MicroscopeRefusal why) => new([], [], [], [], 0, 0, 0, 0, [], [], 0, null, null, why);
}

/// <summary>Why the microscope shows nothing.</summary>
internal enum MicroscopeRefusal
{
    /// <summary>There is no image yet.</summary>
    NoImage,

    /// <summary>A pooling pads more than half its window.</summary>
    PoolPadding,

    /// <summary>The padding of a transposed convolution crops its whole output.</summary>
    Cropped,

    /// <summary>The window does not fit into the image and its padding.</summary>
    TooLarge,
}

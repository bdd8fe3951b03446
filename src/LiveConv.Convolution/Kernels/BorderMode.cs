namespace LiveConv.Convolution;

/// <summary>How pixels outside the image are treated. The drawings continue a row <c>abcd</c> on both sides.</summary>
public enum BorderMode
{
    /// <summary>
    /// <c>00|abcd|00</c>: what every operator can do without being given a value, and the default of torch and of all layers here.
    /// Where the operation does take a value, the same as <see cref="Constant"/> with 0.
    /// </summary>
    Zero,

    /// <summary><c>aa|abcd|dd</c></summary>
    Replicate,

    /// <summary><c>ba|abcd|dc</c>: the edge pixel is repeated (scipy's <c>symm</c>, ndimage's and OpenCV's <c>reflect</c>).</summary>
    Symmetric,

    /// <summary>
    /// <c>cb|abcd|cb</c>: the edge pixel is not repeated (torch's <c>reflect</c>, ndimage's <c>mirror</c>, OpenCV's <c>reflect_101</c>).
    /// </summary>
    Mirror,

    /// <summary><c>cd|abcd|ab</c> (torch's <c>circular</c>).</summary>
    Wrap,

    /// <summary><c>kk|abcd|kk</c>, where k is the <c>BorderValue</c> of the operation's options.</summary>
    Constant,
}

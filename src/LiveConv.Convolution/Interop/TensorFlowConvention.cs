namespace LiveConv.Convolution;

/// <summary>
/// TensorFlow's names. Its convolution is a correlation too. Layouts stay this library's: (N, C, H, W) and (output
/// channels, C / groups, height, width), TensorFlow's <c>data_format="NCHW"</c> with its filter transposed.
/// </summary>
public static class TensorFlowConvention
{
    /// <summary>The padding for TensorFlow's name of a padding.</summary>
    /// <param name="padding"><c>VALID</c>, or <c>SAME</c> (our <see cref="Padding.SameUpper"/>, at any stride); lower case too.</param>
    /// <returns>The padding.</returns>
    /// <exception cref="ArgumentException">TensorFlow has no such padding.</exception>
    public static Padding Padding(string padding) => LibraryNames.Find(
        "tensorflow",
        "padding",
        padding,
        ("SAME", Convolution.Padding.SameUpper),
        ("VALID", Convolution.Padding.Valid),
        ("same", Convolution.Padding.SameUpper),
        ("valid", Convolution.Padding.Valid));
}
